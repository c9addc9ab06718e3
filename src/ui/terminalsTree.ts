import * as vscode from 'vscode';
import type { HostPerson } from '../inspect/hostPerson';
import type { TerminalId } from '../runtime/runtime';
import { Disposable, type DisposableLike } from './disposable';
import { onDidChangeLanguage, t } from './language';
import { view } from './names';
import { changedNodes } from './tree/changes';
import { terminalNodes, type KnownGroups, type NodeIcon, type NodeModel } from './tree/nodes';
import type { SnapshotWatcher } from './watch';

const icons: Readonly<Record<NodeIcon, vscode.ThemeIcon>> = {
  terminal: new vscode.ThemeIcon('terminal'),
  joined: new vscode.ThemeIcon('split-horizontal'),
  own: new vscode.ThemeIcon('circle-filled', new vscode.ThemeColor('textLink.foreground')),
  shared: new vscode.ThemeIcon('circle-outline'),
  namespaces: new vscode.ThemeIcon('layers'),
  users: new vscode.ThemeIcon('account'),
  user: new vscode.ThemeIcon('person'),
  group: new vscode.ThemeIcon('organization'),
  processes: new vscode.ThemeIcon('list-tree'),
  process: new vscode.ThemeIcon('server-process'),
};

/** A row, as commands get it. One object stands for the same thing as long as that is shown: VS Code asks for it. */
export class TerminalsNode {
  constructor(private model: NodeModel) {}

  get terminal(): TerminalId {
    return this.model.terminal;
  }

  /** What "Copy Id" copies: of a terminal and a process the PID outside, of a namespace its id. */
  get id(): string | undefined {
    return this.model.id;
  }

  /** For the tree alone. */
  get current(): NodeModel {
    return this.model;
  }

  set current(model: NodeModel) {
    this.model = model;
  }
}

/** The tree of the running terminals. Reads and draws while it is visible, and only what changed. */
export class TerminalsTree extends Disposable implements vscode.TreeDataProvider<TerminalsNode> {
  static readonly id = view.terminals;

  private readonly changed = this.register(new vscode.EventEmitter<TerminalsNode[] | undefined>());
  private readonly selected = this.register(new vscode.EventEmitter<TerminalId | undefined>());
  private readonly nodes = new Map<string, TerminalsNode>();
  private readonly view: vscode.TreeView<TerminalsNode>;
  private known: KnownGroups = new WeakMap();
  private models: readonly NodeModel[];
  private holding: DisposableLike | undefined;

  readonly onDidChangeTreeData = this.changed.event;
  /** The terminal of the row that a person selected. */
  readonly onDidSelect = this.selected.event;

  constructor(
    private readonly watcher: SnapshotWatcher,
    private readonly person: HostPerson,
    /** Called when a person can see it, who may open a terminal next. */
    private readonly onVisible: () => void,
  ) {
    super();
    this.models = this.build();
    this.view = this.register(
      vscode.window.createTreeView(TerminalsTree.id, { treeDataProvider: this, showCollapseAll: true }),
    );
    this.view.title = t('Terminals');
    this.register(onDidChangeLanguage(() => this.startAnew()));
    this.register(this.watcher.onDidChange(() => this.refresh()));
    this.register(this.view.onDidChangeVisibility(() => this.followVisibility()));
    this.register(
      this.view.onDidChangeSelection(({ selection }) => this.selected.fire(selection[0]?.terminal)),
    );
    this.register({ dispose: () => this.holding?.dispose() });
    this.followVisibility();
  }

  getChildren(node?: TerminalsNode): TerminalsNode[] {
    if (!node && !this.holding) this.adopt((this.models = this.build()));
    const models = node ? node.current.children : this.models;
    return models.map((model) => this.nodeOf(model));
  }

  getTreeItem({ current: model }: TerminalsNode): vscode.TreeItem {
    const item = new vscode.TreeItem(model.label, collapsibleState(model));
    item.id = model.key;
    item.description = model.description;
    item.tooltip = model.tooltip;
    item.iconPath = icons[model.icon];
    item.contextValue = model.contextValue;
    item.accessibilityInformation = { label: model.spoken };
    return item;
  }

  /** The selected row's terminal, for commands that were not started from a row. */
  get selection(): TerminalId | undefined {
    return this.view.selection[0]?.terminal;
  }

  private followVisibility(): void {
    if (this.view.visible && !this.holding) {
      this.onVisible();
      this.holding = this.watcher.hold();
      this.refresh();
    } else if (!this.view.visible) {
      this.holding?.dispose();
      this.holding = undefined;
    }
  }

  private refresh(): void {
    if (!this.holding) return;
    const before = this.models;
    this.models = this.build();
    const changes = changedNodes(before, this.models);
    this.adopt(this.models);
    if (changes === 'all') {
      this.changed.fire(undefined);
    } else if (changes.length > 0) {
      this.changed.fire(changes.flatMap((key) => this.nodes.get(key) ?? []));
    }
  }

  private startAnew(): void {
    this.view.title = t('Terminals');
    this.known = new WeakMap();
    this.refresh();
  }

  private build(): readonly NodeModel[] {
    return terminalNodes(this.watcher.current(), this.person, t, this.known);
  }

  /** Gives the rows that VS Code knows their new contents, and forgets those that are gone. */
  private adopt(models: readonly NodeModel[]): void {
    const gone = new Set(this.nodes.keys());
    const visit = (model: NodeModel): void => {
      gone.delete(model.key);
      const node = this.nodes.get(model.key);
      if (node) node.current = model;
      model.children.forEach(visit);
    };
    models.forEach(visit);
    gone.forEach((key) => this.nodes.delete(key));
  }

  private nodeOf(model: NodeModel): TerminalsNode {
    const known = this.nodes.get(model.key);
    if (known) return known;
    const node = new TerminalsNode(model);
    this.nodes.set(model.key, node);
    return node;
  }
}

function collapsibleState({ state }: NodeModel): vscode.TreeItemCollapsibleState {
  if (state === 'leaf') return vscode.TreeItemCollapsibleState.None;
  return state === 'expanded'
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}
