import type { Dataset } from '../dataset.js';
import { classLabels } from './class-labels.js';
import { parseLibsvm } from './libsvm.js';

/** A data set of one or two LIBSVM files. */
export interface LibsvmFiles {
  readonly name: string;
  /** Paths below the data folder, or absolute; without `test`, models are scored on the training rows. */
  readonly train: string;
  readonly test?: string | undefined;
  /** Score on the training rows too when the test file isn't there. */
  readonly testMayBeMissing: boolean;
  /** Number of columns; without it, the largest index of both files. */
  readonly features?: number | undefined;
  readonly task: 'classification' | 'regression';
}

/** Reads a data set of LIBSVM files, plain or gzipped. Rejects with an Error that names the file and line at fault. */
export const readLibsvm = async (directory: string, files: LibsvmFiles): Promise<Dataset> => {
  const { readDataFile, readDataFileIfPresent } = await import('./read-file.js');
  const options = { features: files.features, classes: files.task === 'classification' };
  const trainFile = await readDataFile(directory, files.train);
  const train = parseLibsvm(trainFile.bytes, trainFile.path, options);
  const read = files.testMayBeMissing ? readDataFileIfPresent : readDataFile;
  const testFile = files.test === undefined ? undefined : await read(directory, files.test);
  const test = testFile === undefined ? train : parseLibsvm(testFile.bytes, testFile.path, options);
  const features = Math.max(train.inputs.features, test.inputs.features);
  const labels =
    files.task === 'regression'
      ? { classes: 0, train: train.labels, test: test.labels }
      : classLabels(files.name, train.labels, test.labels);
  return {
    name: files.name,
    shape: [features],
    classes: labels.classes,
    train: { count: train.count, inputs: { ...train.inputs, features }, labels: labels.train },
    test: { count: test.count, inputs: { ...test.inputs, features }, labels: labels.test },
  };
};
