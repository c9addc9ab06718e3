import * as vscode from 'vscode';
import type { HostPerson } from '../inspect/hostPerson';
import { everything, type Filtered, filterMachine } from '../inspect/machineFilter';
import type { MachineIndex } from '../inspect/machineIndex';
import { Disposable, type DisposableLike } from './disposable';
import { onDidChangeLanguage, t } from './language';
import { machineMarks } from './machineTree/marks';
import { type Arrangement, childNodes, type MachineNode, type MachineView } from './machineTree/nodes';
import { type MachineRow, machineRow, type RowReader } from './machineTree/rows';
import type { MachineWatcher } from './machineWatch';
import { contextKey, view } from './names';
import type { Runtime } from '../runtime/runtime';

const accent = new vscode.ThemeColor('textLink.foreground');
const icons: Readonly<Record<MachineRow['icon'], vscode.ThemeIcon>> = {
  kind: new vscode.ThemeIcon('layers'),
  host: new vscode.ThemeIcon('vm'),
  marked: new vscode.ThemeIcon('terminal', accent),
  namespace: new vscode.ThemeIcon('circle-filled', accent),
  process: new vscode.ThemeIcon('server-process'),
  more: new vscode.ThemeIcon('ellipsis'),
  hidden: new vscode.ThemeIcon('eye-closed'),
};

/** What has been given to VS Code, to find out what of it has to be drawn again. */
interface Given {
  readonly node: MachineNode;
  row: string;
  children: string | undefined;
}

const top = '';

/** The tree of all namespaces of this machine. Scans and draws while it is visible, and only what changed. */
export class NamespacesTree extends Disposable implements vscode.TreeDataProvider<MachineNode> {
  private readonly changed = this.register(new vscode.EventEmitter<MachineNode | undefined>());
  private readonly selected = this.register(new vscode.EventEmitter<MachineNode | undefined>());
  private readonly tree: vscode.TreeView<MachineNode>;
  private readonly given = new Map<string, Given>();
  private topChildren: string | undefined;
  private arrangement: Arrangement = 'kind';
  private filterText = '';
  private shown: { readonly view: MachineView; readonly reader: RowReader } | undefined;
  private holding: DisposableLike | undefined;

  readonly onDidChangeTreeData = this.changed.event;
  /** The row that a person selected. */
  readonly onDidSelect = this.selected.event;

  constructor(
    private readonly watcher: MachineWatcher,
    private readonly runtime: Pick<Runtime, 'list' | 'subscribe'>,
    private readonly person: HostPerson,
  ) {
    super();
    this.tree = this.register(
      vscode.window.createTreeView(view.namespaces, { treeDataProvider: this, showCollapseAll: true }),
    );
    this.register(onDidChangeLanguage(() => this.startAnew()));
    this.register(watcher.onDidChange(() => this.refresh()));
    this.register(this.tree.onDidChangeVisibility(() => this.followVisibility()));
    this.register(this.tree.onDidChangeSelection(({ selection }) => this.selected.fire(selection[0])));
    this.register({ dispose: () => this.holding?.dispose() });
    this.tellContext();
    this.followVisibility();
  }

  async getChildren(node?: MachineNode): Promise<MachineNode[]> {
    const { view: shown } = this.shown ?? this.show(this.watcher.current() ?? (await this.watcher.once()));
    const nodes = childNodes(shown, node).map((each) => this.given.get(each.key)?.node ?? each);
    this.noteChildren(node, nodes);
    return nodes;
  }

  getTreeItem(node: MachineNode): vscode.TreeItem {
    const row = this.rowOf(node);
    const item = new vscode.TreeItem(row.label, states[row.state]);
    // What is opened by a filter must not be remembered as opened by a person.
    item.id = this.filterText === '' ? node.key : `${node.key}?${this.filterText}`;
    item.description = row.description;
    item.tooltip = row.tooltip;
    item.iconPath = icons[row.icon];
    item.contextValue = row.contextValue;
    item.accessibilityInformation = { label: row.spoken };
    return item;
  }

  /** The row that is selected, for commands that were not started from one. */
  get selection(): MachineNode | undefined {
    return this.tree.selection[0];
  }

  get filter(): string {
    return this.filterText;
  }

  arrange(arrangement: Arrangement): void {
    this.arrangement = arrangement;
    this.startAnew();
  }

  setFilter(text: string): void {
    this.filterText = text.trim();
    this.startAnew();
  }

  private startAnew(): void {
    this.tellContext();
    if (this.shown) this.show(this.shown.view.index);
    this.given.clear();
    this.topChildren = undefined;
    this.changed.fire(undefined);
  }

  private tellContext(): void {
    void vscode.commands.executeCommand('setContext', contextKey.arrangement, this.arrangement);
    void vscode.commands.executeCommand('setContext', contextKey.isFiltered, this.filterText !== '');
    this.tree.title = t('All Namespaces');
    this.tree.description = this.filterText === '' ? '' : t('filter: {0}', this.filterText);
  }

  private followVisibility(): void {
    if (this.tree.visible && !this.holding) {
      this.holding = this.watcher.hold();
      this.refresh();
    } else if (!this.tree.visible) {
      this.holding?.dispose();
      this.holding = undefined;
    }
  }

  private show(index: MachineIndex): NonNullable<NamespacesTree['shown']> {
    const marks = machineMarks(this.runtime.list(), index);
    const markOf: RowReader['markOf'] = (id) => marks.get(id) ?? '';
    const isFiltered = this.filterText !== '';
    const filter: Filtered = isFiltered ? filterMachine(index, this.filterText, markOf) : everything;
    this.shown = {
      view: { index, arrangement: this.arrangement, filter },
      reader: { t, person: this.person, markOf, isFiltered },
    };
    return this.shown;
  }

  /** Draws what looks different now: the fewest rows that cover it. */
  private refresh(): void {
    const index = this.watcher.current();
    if (!this.holding || !index) return;
    const { view: shown, reader } = this.show(index);
    if (this.topChildren !== undefined && keys(childNodes(shown)) !== this.topChildren) {
      this.changed.fire(undefined);
      return;
    }
    for (const [key, given] of this.given) {
      const row = JSON.stringify(machineRow(shown, given.node, reader));
      const children = given.children === undefined ? undefined : keys(childNodes(shown, given.node));
      if (row === given.row && children === given.children) continue;
      given.row = row;
      this.given.set(key, given);
      this.changed.fire(given.node);
    }
  }

  private noteChildren(parent: MachineNode | undefined, nodes: readonly MachineNode[]): void {
    if (!parent) this.topChildren = keys(nodes);
    const known = parent && this.given.get(parent.key);
    const prefix = parent ? `${parent.key}/` : top;
    const now = new Set(nodes.map(({ key }) => key));
    // Rows that are gone take what was under them along.
    for (const key of this.given.keys()) {
      if (!key.startsWith(prefix)) continue;
      const end = key.indexOf('/', prefix.length);
      if (!now.has(end < 0 ? key : key.slice(0, end))) this.given.delete(key);
    }
    if (known) known.children = keys(nodes);
  }

  private rowOf(node: MachineNode): MachineRow {
    if (!this.shown) throw new Error('a row is asked for before the first scan');
    const { view: shown, reader } = this.shown;
    const row = machineRow(shown, node, reader);
    const known = this.given.get(node.key);
    this.given.set(node.key, { node, row: JSON.stringify(row), children: known?.children });
    return row;
  }
}

const states = {
  leaf: vscode.TreeItemCollapsibleState.None,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
} as const;

function keys(nodes: readonly MachineNode[]): string {
  return nodes.map(({ key }) => key).join('\n');
}
