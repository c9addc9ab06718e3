import type { MessageConnection } from 'vscode-jsonrpc/node';
import { Emitter } from '../kernel/emitter';
import { Failure } from '../kernel/failure';
import type {
  End,
  JoinRequest,
  MapsWritten,
  MapWrite,
  OpenRequest,
  Runtime,
  RuntimeEvent,
  TerminalId,
  TerminalInfo,
} from '../runtime/runtime';
import { launch } from './launch';
import { Link } from './link';
import { type Hello, type HostEvent, type KeptInfo, notification, request, type Size } from './protocol';
import { buildOf, findSockets, removeIfStale, type SocketFile } from './sockets';
import { type Remote, TerminalNumbers } from './terminalNumbers';

export interface RemoteOptions extends Hello {
  /** Workspaces that the window may have had before: their terminals are taken if none wait for its own. */
  readonly earlier?: readonly string[];
  /** Where the sockets may be, the best first. */
  readonly folders: readonly string[];
  /** dist/host.js */
  readonly bundle: string;
  /** media/shell */
  readonly scripts: string;
  /** Whether a person may still be there. */
  isThere(): Promise<boolean>;
}

/** The runtime in a process of its own, which is started when the first terminal is opened. */
export class RemoteRuntime implements Runtime {
  private readonly events = new Emitter<RuntimeEvent>();
  private readonly numbers = new TerminalNumbers();
  private readonly infos = new Map<TerminalId, TerminalInfo>();
  private readonly links = new Set<Link>();
  /** The process of this version, in which new terminals are opened. */
  private main: Promise<Link> | undefined;
  /** The same, once there is a connection. */
  private reached: Link | undefined;
  private claiming: Promise<readonly KeptInfo[]> = Promise.resolve([]);
  private wait: number;
  private ownBuild: string | undefined;
  private isDisposed = false;

  constructor(private readonly options: RemoteOptions) {
    this.wait = options.wait;
  }

  async open(wanted: OpenRequest): Promise<TerminalInfo> {
    const { join } = wanted;
    const joined = join && 'terminal' in join ? this.remote(join.terminal, 'join') : undefined;
    const link = await this.mainLink();
    const asked = joined ? { ...wanted, join: this.joinFrom(link, joined) } : wanted;
    const info = await link.ask((connection) => connection.sendRequest(request.open, asked));
    this.numbers.add(link, info.id);
    return this.note(link, info);
  }

  /** Starts the process, so that the first terminal need not wait for it. What goes wrong is told by that one. */
  warm(): void {
    this.mainLink().catch(() => undefined);
  }

  list(): readonly TerminalInfo[] {
    return [...this.infos.values()];
  }

  write(id: TerminalId, data: string): void {
    this.tell(id, (to, remote) => to.sendNotification(notification.write, { id: remote, data }));
  }

  acknowledge(id: TerminalId, count: number, window?: number): void {
    const what = { count, ...(window === undefined ? {} : { window }) };
    this.tell(id, (to, remote) => to.sendNotification(notification.acknowledge, { id: remote, ...what }));
  }

  resize(id: TerminalId, columns: number, rows: number): void {
    const size = { columns, rows };
    this.tell(id, (to, remote) => to.sendNotification(notification.resize, { id: remote, size }));
  }

  kill(id: TerminalId): void {
    this.tell(id, (to, remote) => to.sendNotification(notification.kill, remote));
  }

  /** A person works in this one now. */
  noteActive(id: TerminalId): void {
    this.tell(id, (to, remote) => to.sendNotification(notification.active, remote));
  }

  /** Where a person has put it: in this column of editors; undefined: in the panel. */
  noteColumn(id: TerminalId, column: number | undefined): void {
    this.tell(id, (to, remote) =>
      to.sendNotification(notification.column, { id: remote, column: column ?? null }),
    );
  }

  /** @param seconds how long terminals wait for their window from now on. */
  setWait(seconds: number): void {
    this.wait = seconds;
    for (const link of this.links) link.tell((to) => to.sendNotification(notification.wait, seconds));
  }

  async writeIdMaps(id: TerminalId, writes: readonly MapWrite[]): Promise<MapsWritten> {
    const remote = this.remote(id, 'write_id_maps');
    return remote.link.ask((connection) =>
      connection.sendRequest(request.writeIdMaps, { id: remote.id, writes }),
    );
  }

  async close(id: TerminalId): Promise<void> {
    const remote = this.numbers.remote(id);
    if (!remote) return;
    // What has ended meanwhile, or with its process, is closed.
    await remote.link
      .ask((connection) => connection.sendRequest(request.close, remote.id))
      .catch((error: unknown) => {
        if (!(error instanceof Failure)) throw error;
      });
  }

  /** Takes the terminals of this workspace whose window is gone, from every process that has some. */
  claim(): Promise<readonly KeptInfo[]> {
    this.claiming = this.claimAll();
    return this.claiming;
  }

  /** What draws a claimed terminal on an empty one; its output follows as events. @throws Failure */
  async attach(id: TerminalId, size: Size | undefined): Promise<string> {
    const remote = this.remote(id, 'attach');
    const what = { id: remote.id, ...(size ? { size } : {}) };
    return remote.link.ask((connection) => connection.sendRequest(request.attach, what));
  }

  subscribe(listener: (event: RuntimeEvent) => void): { dispose(): void } {
    return this.events.event(listener);
  }

  /** Goes away; the terminals wait for the window to come back. */
  dispose(): void {
    this.isDisposed = true;
    for (const link of this.links) link.close();
    this.links.clear();
  }

  /** A terminal of another version's process is entered like any process: that version's files are gone. */
  private joinFrom(main: Link, joined: Remote): JoinRequest {
    if (joined.link === main) return { terminal: joined.id };
    const id = this.numbers.find(joined.link, joined.id);
    const info = id === undefined ? undefined : this.infos.get(id);
    if (!info) throw new Failure({ step: 'join', code: 'ESRCH' });
    return { pid: info.pid };
  }

  /** Of this window's bundle as it was when it was first asked for: an update may replace it. */
  private build(): string {
    return (this.ownBuild ??= buildOf(this.options.bundle));
  }

  private mainLink(): Promise<Link> {
    this.main ??= this.reach().then(
      (link) => (this.reached = link),
      (error: unknown) => {
        this.main = undefined;
        throw error;
      },
    );
    return this.main;
  }

  private async claimAll(): Promise<readonly KeptInfo[]> {
    const { folders, earlier = [] } = this.options;
    const links: Link[] = [];
    for (const socket of findSockets(folders)) {
      const link = await this.connect(socket);
      if (link) links.push(link);
    }
    const claimed: KeptInfo[] = [];
    for (const workspace of [undefined, ...earlier]) {
      for (const link of links) claimed.push(...(await this.claimFrom(link, workspace)));
      if (claimed.length > 0) break;
    }
    for (const link of links) if (this.numbers.of(link).length === 0) this.drop(link);
    return claimed;
  }

  private async claimFrom(link: Link, workspace: string | undefined): Promise<readonly KeptInfo[]> {
    const kept = await link.claim(workspace);
    // All have their numbers before one says which other it joined.
    for (const { info } of kept) this.numbers.add(link, info.id);
    return kept.map((each) => this.translate(link, each));
  }

  /** A terminal to join that has ended gets a number that no terminal has, and is refused when it is joined again. */
  private translate(link: Link, { request: asked, info, ...rest }: KeptInfo): KeptInfo {
    const { join } = asked;
    const joined = join && 'terminal' in join ? this.numbers.find(link, join.terminal) : undefined;
    const terminal = joined ?? (0 as TerminalId);
    const known = join && 'terminal' in join ? { ...asked, join: { terminal } } : asked;
    return { ...rest, request: known, info: this.note(link, info) };
  }

  /** Connects to the process of this version, and starts it if there is none. */
  private async reach(): Promise<Link> {
    if (process.platform !== 'linux')
      throw new Failure({ step: 'platform', code: '', subject: process.platform });
    await this.claiming.catch(() => undefined);
    // It is there already if a terminal was claimed from it.
    const known = [...this.links].find((link) => link.build === this.build());
    if (known) return known;
    const { folders, bundle, scripts } = this.options;
    const build = this.build();
    for (let tries = 0; tries < 3; tries++) {
      for (const socket of findSockets(folders)) {
        const link = socket.build === build ? await this.connect(socket) : undefined;
        if (link) return link;
      }
      // Then no link is kept, though somebody may listen.
      if (this.isDisposed) throw new Failure({ step: 'runtime_lost', code: '', subject: 'disposed' });
      await launch({ bundle, build, scripts, folders });
    }
    throw new Failure({ step: 'start_runtime', code: '', subject: 'it ends before it answers' });
  }

  private async connect(socket: SocketFile): Promise<Link | undefined> {
    const { workspace } = this.options;
    const link = await Link.connect(
      socket,
      { workspace, wait: this.wait },
      {
        event: (from, event) => this.hear(from, event),
        lost: (from) => this.lose(from),
        isThere: () => this.options.isThere(),
      },
    );
    if (!link) {
      removeIfStale(socket);
      return undefined;
    }
    if (this.isDisposed) {
      link.close();
      return undefined;
    }
    this.links.add(link);
    return link;
  }

  private hear(link: Link, event: HostEvent): void {
    if (event.type === 'opened' || event.type === 'changed') {
      this.note(link, event.info, event.type);
      return;
    }
    const id = this.numbers.find(link, event.id);
    if (id === undefined) return;
    if (event.type === 'data') this.events.fire({ ...event, id });
    else this.end(id, event.type === 'ended' ? event.end : { lost: 'taken' });
  }

  private note(link: Link, remote: TerminalInfo, type: 'opened' | 'changed' = 'opened'): TerminalInfo {
    const info = this.numbers.translate(link, remote);
    this.infos.set(info.id, info);
    this.events.fire({ type, info });
    return info;
  }

  private end(id: TerminalId, end: End): void {
    const link = this.numbers.remote(id)?.link;
    this.infos.delete(id);
    this.numbers.delete(id);
    this.events.fire({ type: 'ended', id, end });
    // A process of another version ends when nobody needs it any more.
    if (link && link.build !== this.build() && this.numbers.of(link).length === 0) this.drop(link);
  }

  private drop(link: Link): void {
    this.forget(link);
    link.close();
  }

  /** The process of this version is sought again by the next terminal, if this was the link to it. */
  private forget(link: Link): void {
    this.links.delete(link);
    if (link !== this.reached) return;
    this.main = undefined;
    this.reached = undefined;
  }

  private lose(link: Link): void {
    this.forget(link);
    for (const id of this.numbers.of(link)) this.end(id, { lost: 'runtime' });
  }

  private tell(id: TerminalId, send: (to: MessageConnection, remote: TerminalId) => Promise<void>): void {
    const remote = this.numbers.remote(id);
    remote?.link.tell((connection) => send(connection, remote.id));
  }

  /** @throws Failure (ESRCH) if it has ended. */
  private remote(id: TerminalId, step: string): Remote {
    const remote = this.numbers.remote(id);
    if (!remote) throw new Failure({ step, code: 'ESRCH' });
    return remote;
  }
}
