/** Every name that package.json and the code share; test/unit/manifest.test.ts compares both. */
export const command = {
  newTerminal: 'anton.newTerminal',
  newTerminalWithProfile: 'anton.newTerminalWithProfile',
  newTerminalHere: 'anton.newTerminalHere',
  runCommand: 'anton.runCommand',
  joinTerminal: 'anton.joinTerminal',
  splitTerminal: 'anton.splitTerminal',
  writeIdMaps: 'anton.writeIdMaps',
  killTerminal: 'anton.killTerminal',
  showTerminal: 'anton.showTerminal',
  copyId: 'anton.copyId',
  showProfile: 'anton.showProfile',
  checkMachine: 'anton.checkMachine',
  openLesson: 'anton.openLesson',
  exportClass: 'anton.exportClass',
  newLesson: 'anton.newLesson',
  previewLesson: 'anton.previewLesson',
  arrangeByKind: 'anton.arrangeByKind',
  arrangeByOwnership: 'anton.arrangeByOwnership',
  filterNamespaces: 'anton.filterNamespaces',
  clearFilter: 'anton.clearFilter',
  inspect: 'anton.inspect',
  inspectProcess: 'anton.inspectProcess',
  openTerminalIn: 'anton.openTerminalIn',
  compare: 'anton.compare',
  copyNamespacesAsJson: 'anton.copyNamespacesAsJson',
  saveAsSvg: 'anton.saveAsSvg',
  saveAsPng: 'anton.saveAsPng',
  copyAsMarkdown: 'anton.copyAsMarkdown',
  showFileOwner: 'anton.showFileOwner',
  showLog: 'anton.showLog',
} as const;

export const view = {
  terminals: 'anton.terminals',
  namespaces: 'anton.namespaces',
  inspector: 'anton.inspector',
  lessons: 'anton.lessons',
  class: 'anton.class',
} as const;

export const setting = {
  defaultProfile: 'anton.defaultProfile',
  profiles: 'anton.profiles',
  shell: 'anton.shell',
  keepTerminals: 'anton.keepTerminals',
  language: 'anton.language',
  classFolder: 'anton.class.folder',
  classStudentName: 'anton.class.studentName',
} as const;

/** Conditions of menus. */
export const contextKey = {
  machineShown: 'anton.machineShown',
  /** 'kind' or 'ownership'. */
  arrangement: 'anton.namespaces.arrangement',
  isFiltered: 'anton.namespaces.isFiltered',
  /** 'en' or 'sk': the texts of package.json follow the editor's language otherwise. */
  spokenLanguage: 'anton.spokenLanguage',
  /** The terminal in which a person works is Anton's. */
  isActive: 'anton.terminalIsActive',
  /** Of no meaning: whether anybody keeps conditions tells whether the window is still there. */
  isThere: 'anton.isThere',
} as const;

export const terminalProfile = 'anton.terminal';

/** Of tasks in tasks.json. */
export const taskType = 'anton';

/** What a language model may call. */
export const languageModelTool = 'anton_namespaces';

export type CommandName = (typeof command)[keyof typeof command];
export type SettingName = (typeof setting)[keyof typeof setting];
