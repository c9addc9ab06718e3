import type { TerminalId, TerminalInfo } from '../runtime/runtime';
import type { Link } from './link';

/** A terminal as the process calls it that has it. */
export interface Remote {
  readonly link: Link;
  readonly id: TerminalId;
}

/**
 * The numbers of a window's terminals. Two processes may have them, one of each version of the extension, and each
 * counts for itself; a window counts all of its own.
 */
export class TerminalNumbers {
  private readonly remotes = new Map<TerminalId, Remote>();
  private readonly own = new Map<Link, Map<TerminalId, TerminalId>>();
  private last = 0;

  add(link: Link, remote: TerminalId): TerminalId {
    const id = ++this.last as TerminalId;
    this.remotes.set(id, { link, id: remote });
    const ofLink = this.own.get(link) ?? new Map<TerminalId, TerminalId>();
    this.own.set(link, ofLink.set(remote, id));
    return id;
  }

  remote(id: TerminalId): Remote | undefined {
    return this.remotes.get(id);
  }

  find(link: Link, remote: TerminalId): TerminalId | undefined {
    return this.own.get(link)?.get(remote);
  }

  of(link: Link): readonly TerminalId[] {
    return [...(this.own.get(link)?.values() ?? [])];
  }

  delete(id: TerminalId): void {
    const remote = this.remotes.get(id);
    if (!remote) return;
    this.remotes.delete(id);
    const ofLink = this.own.get(remote.link);
    ofLink?.delete(remote.id);
    if (ofLink?.size === 0) this.own.delete(remote.link);
  }

  /** What a process says of a terminal that has a number, in this window's numbers. */
  translate(link: Link, info: TerminalInfo): TerminalInfo {
    const id = this.find(link, info.id);
    if (id === undefined) throw new Error(`a terminal without a number: ${info.name}`);
    const { joined, ...rest } = info;
    const known = joined === undefined ? undefined : this.find(link, joined);
    return { ...rest, id, ...(known === undefined ? {} : { joined: known }) };
  }
}
