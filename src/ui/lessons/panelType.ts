/** What VS Code calls a lesson's page, and brings back after a reload. */
export const lessonPanelType = 'anton.lesson';
