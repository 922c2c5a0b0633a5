import { nodeNames, type Cluster, type Conduct, type Letter, type Outcome } from '../engine/index.js';
import { LiubeiServer } from './liubei-server.js';
import { liubeiTerms, type LiubeiOptions } from './liubei-terms.js';
import { LiubeiWorker } from './liubei-worker.js';

/** LiuBei at work in one run. */
export class LiubeiConduct implements Conduct {
  readonly #workers: readonly LiubeiWorker[];
  readonly #servers: readonly LiubeiServer[];

  constructor(
    readonly cluster: Cluster,
    options: LiubeiOptions,
  ) {
    const { plan, replicas, kernels, objective } = cluster;
    const terms = liubeiTerms(options, plan);
    const scratch = kernels.memory.vector(objective.precision, objective.dimension);
    this.#workers = plan.workers.map(
      (_, node) => new LiubeiWorker(cluster, node, terms, scratch, plan.random.fork(`worker ${node + 1}/pulls`)),
    );
    this.#servers = replicas.map((replica) => new LiubeiServer(cluster, replica, terms));
  }

  begin(): void {
    for (const server of this.#servers) server.begin();
    for (const worker of this.#workers) worker.begin();
  }

  deliver(letter: Letter): Outcome {
    const worker = this.#workers[letter.to];
    return worker ? worker.deliver(letter) : this.#servers[letter.to - this.#workers.length]!.deliver(letter);
  }

  waiting(): string {
    const { byzantine } = this.cluster;
    const names = nodeNames(this.#workers.length);
    const servers = this.#servers
      .filter(({ replica }) => !replica.byzantine)
      .map((server) => server.waiting(names([server.replica.node])));
    const workers = this.#workers
      .filter(({ node }) => byzantine.members[node] === 0)
      .map((worker) => worker.waiting(names([worker.node])))
      .filter((each) => each !== undefined);
    return [servers[0], workers[0]].filter((each) => each !== undefined).join('; ');
  }
}
