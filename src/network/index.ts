export { instantLink, type Delay, type Link } from './link.js';
