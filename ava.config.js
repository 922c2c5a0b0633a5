export default {
  files: ['dist/test/**/*.test.js'],
  require: ['./dist/test/fixed-seed.js'],
  timeout: '5m',
  failWithoutAssertions: true,
};
