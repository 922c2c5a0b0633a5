export default {
  files: ['dist/test/**/*.test.js'],
  timeout: '5m',
  failWithoutAssertions: true,
};
