/** User settings under which a workbench asks nothing, fetches nothing and can be read by a test. */
export const quietSettings = {
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'window.confirmBeforeClose': 'never',
  'terminal.integrated.confirmOnExit': 'never',
  'terminal.integrated.initialHint': false,
};

/** Beyond those: the terminal as text in the page instead of pixels on a canvas. */
export const testSettings = {
  ...quietSettings,
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.enablePersistentSessions': false,
  // What a test leaves ends with its window.
  'anton.keepTerminals': 0,
  'window.newWindowDimensions': 'default',
  'editor.accessibilitySupport': 'off',
};
