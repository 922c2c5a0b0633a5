export { cellsOf, type Axis, type Cell, type Cells } from './cells.js';
export { estimate, type Estimate } from '../report/index.js';
export { groupsOf, matrixOf, type EndedCell, type Group, type Matrix, type Score, type Worst } from './matrix.js';
export { constantOfDiameter, neighbourhood, type NeighbourhoodOptions } from './neighbourhood.js';
export { groupNotes, groupText, studyCsv, studyTable } from './study-table.js';
