import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AntonApi } from './api';
import { takeSnapshot } from './inspect/takeSnapshot';
import { readHostPerson } from './inspect/hostPerson';
import { readNamespaces } from './kernel/proc';
import { Scanner } from './kernel/scanner';
import { RemoteRuntime } from './host/remoteRuntime';
import { Beforehand } from './ui/beforehand';
import { BesideOpener } from './ui/besideOpener';
import { classHandlers } from './ui/class/classCommands';
import { ClassTree } from './ui/class/classTree';
import { ClassWriter } from './ui/class/classWriter';
import { putCommandOnPath } from './ui/commandOnPath';
import { Commands } from './ui/commands';
import { EditorColumns } from './ui/editorColumns';
import { EditorEnvironment } from './ui/editorEnvironment';
import { InspectorView } from './ui/inspector/inspectorView';
import { inspectorHandlers } from './ui/inspectorCommands';
import { followLanguage } from './ui/language';
import { Lessons } from './ui/lessons/lessons';
import { machineHandlers } from './ui/machineCommands';
import { MachineChecker } from './ui/machineChecker';
import { MachineDocument } from './ui/machineDocument';
import { MachineWatcher } from './ui/machineWatch';
import { NamespacesTool } from './ui/namespacesTool';
import { NamespacesTree } from './ui/namespacesTree';
import { terminalProfile } from './ui/names';
import { Opener } from './ui/opener';
import { ProfileDocuments } from './ui/profileDocument';
import { publicApi } from './ui/publicApi';
import { Reporter } from './ui/reporter';
import { hostOptions, Restoring } from './ui/restore';
import { Terminals } from './ui/terminals';
import { TerminalsTree } from './ui/terminalsTree';
import { Tasks } from './ui/tasks/tasks';
import { SnapshotWatcher } from './ui/watch';

/** Builds the parts and hands them to each other. Native code runs in processes of its own, started when needed. */
export function activate(context: vscode.ExtensionContext): AntonApi {
  const begin = performance.now();
  const log = vscode.window.createOutputChannel('Anton', { log: true });
  const reporter = new Reporter(log);
  const options = hostOptions(context);
  const runtime = new RemoteRuntime(options);
  const environment = new EditorEnvironment(reporter.onError);
  const besides = new BesideOpener(context.extension.id);
  const terminals = new Terminals(runtime, environment, besides, reporter.refused);
  const restoring = new Restoring(runtime, terminals);
  const columns = new EditorColumns(runtime, terminals);
  const opener = new Opener(runtime, terminals);
  const documents = new ProfileDocuments(options.scripts);
  const checker = new MachineChecker(() => new RemoteRuntime({ ...options, workspace: 'check', wait: 0 }));
  const machine = new MachineDocument(checker);
  const person = readHostPerson();
  const host = readNamespaces('self');
  const scanner = new Scanner();
  const machineWatcher = new MachineWatcher((before) => takeSnapshot(scanner, {}, before), reporter.onError);
  const watcher = new SnapshotWatcher(runtime, machineWatcher, host, reporter.onError);
  const beforehand = new Beforehand(runtime, environment, context.globalState);
  const tree = new TerminalsTree(watcher, person, () => beforehand.seen());
  const namespaces = new NamespacesTree(machineWatcher, runtime, person);
  const inspector = new InspectorView(
    context.extensionUri,
    runtime,
    watcher,
    machineWatcher,
    host,
    tree,
    terminals,
    person,
    reporter.onError,
  );
  const classWriter = new ClassWriter(
    context.globalState,
    person,
    versionOf(context.extension),
    reporter.warn,
  );
  const lessons = new Lessons(
    context.extensionUri,
    {
      runtime,
      opener,
      terminals,
      memento: context.globalState,
      storage: path.join(context.globalStorageUri.fsPath, 'lessons'),
      person,
      onLook: (...seen) => classWriter.note(...seen),
      pictures: inspector,
      onError: reporter.onError,
    },
    {
      memento: context.workspaceState,
      storage: path.join((context.storageUri ?? context.globalStorageUri).fsPath, 'own-lessons'),
      // Their ids may be those of Anton's, for which alone a class has results.
      onLook: () => undefined,
    },
    checker,
    reporter.refused,
  );
  const classTree = new ClassTree(() => lessons.all(), reporter.onError);
  const commands = new Commands(
    runtime,
    terminals,
    opener,
    reporter,
    log,
    documents,
    machine,
    inspector,
    lessons,
    {
      ...machineHandlers({ watcher: machineWatcher, tree: namespaces, inspector, opener, runtime }),
      ...inspectorHandlers(inspector),
      ...classHandlers(classTree),
    },
  );
  const profile = vscode.window.registerTerminalProfileProvider(terminalProfile, {
    provideTerminalProfile: () => besides.take() ?? opener.terminalProfile(),
  });
  context.subscriptions.push(
    followLanguage(),
    putCommandOnPath(context.environmentVariableCollection),
    log,
    runtime,
    environment,
    beforehand,
    terminals,
    restoring,
    columns,
    documents,
    machine,
    watcher,
    machineWatcher,
    scanner,
    tree,
    namespaces,
    lessons,
    classWriter,
    classTree,
    new Tasks(terminals, reporter.onError),
    new NamespacesTool(
      () => machineWatcher.once(),
      () => runtime.list(),
    ),
    inspector,
    commands,
    profile,
  );
  restoring.restore().catch(reporter.onError);
  performance.measure('anton.activate', { start: begin });
  return publicApi(runtime, opener, checker, async () => (await machineWatcher.once()).snapshot);
}

function versionOf({ packageJSON }: vscode.Extension<unknown>): string {
  return String((packageJSON as { version?: unknown }).version);
}
