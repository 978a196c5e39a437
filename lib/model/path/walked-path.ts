import type { Model } from '../model.ts';
import { memoized } from '../spans/memoized.ts';
import { type CollectorPath, collectorPathOf } from './collector-path.ts';
import type { Cause, Hop } from './hop.ts';
import { hopsOf } from './hops.ts';
import { pathShape } from './path-shape.ts';
import { hasSdk, type Sender, sendersOf } from './sender.ts';
import { type SpanPath, spanPathOf } from './span-path.ts';

/** The path of the spans of one container, with the judgement of every hop. */
export interface WalkedPath {
  readonly sender: Sender;
  readonly spanPath: SpanPath;
  readonly collectorPath: CollectorPath;
  readonly hops: readonly Hop[];
}

/** Walks one span of a container along its path. */
export function walkPath(model: Model, sender: Sender): WalkedPath {
  const spanPath = spanPathOf(model, sender);
  const collectorPath = collectorPathOf(spanPath);
  return { sender, spanPath, collectorPath, hops: hopsOf(spanPath, collectorPath) };
}

/** The paths of all containers with an SDK, also one that is switched off, in the order of the manifests. */
export const walkedPaths = memoized((model): readonly WalkedPath[] =>
  sendersOf(model)
    .filter(hasSdk)
    .map((sender) => walkPath(model, sender)),
);

/** A hop that is broken, and the path that it is on. */
export interface BrokenHop extends WalkedPath {
  readonly hop: Hop & { readonly status: 'broken'; readonly cause: Cause };
}

/** Every broken hop of every path. Of many services that are alike one path is walked, as long as it is whole. */
export const brokenHops = memoized((model): readonly BrokenHop[] => {
  const whole = new Set<string>();
  return sendersOf(model)
    .filter(hasSdk)
    .flatMap((sender) => {
      const shape = pathShape(model, sender);
      if (shape !== undefined && whole.has(shape)) {
        return [];
      }
      const path = walkPath(model, sender);
      const broken = path.hops.flatMap((hop) => (hop.status === 'broken' ? [{ ...path, hop }] : []));
      if (shape !== undefined && broken.length === 0) {
        whole.add(shape);
      }
      return broken;
    });
});
