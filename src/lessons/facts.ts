import type { ClockOffsets, KindForChildren, NamespaceForChildren } from '../kernel/forChildren';
import type { IdMap } from '../kernel/idMap';
import type { MountRow } from '../kernel/mountInfo';
import type { NamespaceIds, ProcessStatus } from '../kernel/proc';

/** Whom a fact is about: one process, by its PID on the host, or the host itself. */
export type Who = number | 'host';

/** 'absent': there is no such file. */
export type FileFact =
  | 'absent'
  | {
      /** Owner as the host sees it. */
      readonly uid: number;
      readonly gid: number;
      readonly size: number;
      /** Its first bytes as text; undefined where it is no ordinary file or may not be read. */
      readonly content: string | undefined;
    };

/**
 * What can be known of a lesson's processes from outside at one moment. Undefined: it may not be read, or the process
 * is gone. "Host" is where VS Code's extension host runs.
 */
export interface Facts {
  /** The shells of the lesson's terminals and everything below them, parents before children. */
  processes(): readonly number[];
  namespaces(who: Who): NamespaceIds;
  forChildren(who: Who, kind: KindForChildren): NamespaceForChildren | undefined;
  idMap(who: Who, which: 'uid_map' | 'gid_map'): IdMap | undefined;
  setgroups(who: Who): 'allow' | 'deny' | undefined;
  status(who: Who): ProcessStatus | undefined;
  mounts(who: Who): readonly MountRow[] | undefined;
  /** The file that the process finds at this path. */
  file(who: Who, path: string): FileFact | undefined;
  /** Another UTS namespace's name cannot be read without entering it. */
  hostname(who: Who): string | undefined;
  devices(who: Who): readonly string[] | undefined;
  addresses(who: Who): readonly string[] | undefined;
  clockOffsets(who: Who): ClockOffsets | undefined;
  /** All capabilities that this kernel has. */
  everyCapability(): bigint | undefined;
}
