import * as vscode from 'vscode';
import { Buffer } from 'node:buffer';
import * as path from 'node:path';
import { firstUri, readOwner } from './inspector/fileOwner';
import type { InspectorView } from './inspector/inspectorView';
import { sectionAsMarkdown } from './inspector/markdown';
import { sectionNames, type PictureFormat, type SectionName, type SubjectModel } from './inspector/protocol';
import { t } from './language';
import { command } from './names';
import { BadRequest } from './reporter';

type Handler = (argument: unknown) => unknown;

/** The commands that are about what the side panel shows. */
const inspectorCommand = {
  saveAsSvg: command.saveAsSvg,
  saveAsPng: command.saveAsPng,
  copyAsMarkdown: command.copyAsMarkdown,
  showFileOwner: command.showFileOwner,
} as const;

export type InspectorCommandName = (typeof inspectorCommand)[keyof typeof inspectorCommand];

export function inspectorHandlers(inspector: InspectorView): Record<InspectorCommandName, Handler> {
  return {
    [inspectorCommand.saveAsSvg]: (argument) => savePicture(inspector, argument, 'svg'),
    [inspectorCommand.saveAsPng]: (argument) => savePicture(inspector, argument, 'png'),
    [inspectorCommand.copyAsMarkdown]: (argument) => copyMarkdown(inspector, argument),
    [inspectorCommand.showFileOwner]: (argument) => showFileOwner(inspector, argument),
  };
}

/** Asks where to, and writes the picture as the panel draws it now. */
async function savePicture(
  inspector: InspectorView,
  argument: unknown,
  format: PictureFormat,
): Promise<void> {
  const chosen = await chooseSection(inspector, argument);
  if (!chosen) return;
  const data = await inspector.draw(chosen.section, format);
  if (data === '') throw new BadRequest(t('The Inspector does not show this section any more.'));
  const name = `${chosen.model.title} ${chosen.section}`.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(process.env['HOME'] ?? '/');
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, `${name}.${format}`),
    filters: format === 'svg' ? { SVG: ['svg'] } : { PNG: ['png'] },
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, Buffer.from(data, format === 'svg' ? 'utf8' : 'base64'));
  tell(t('Saved {0}', path.basename(target.path)));
}

async function copyMarkdown(inspector: InspectorView, argument: unknown): Promise<void> {
  const chosen = await chooseSection(inspector, argument);
  const text = chosen && sectionAsMarkdown(chosen.section, chosen.model);
  if (text === undefined) return;
  await vscode.env.clipboard.writeText(text);
  tell(t('Copied as Markdown'));
}

function tell(text: string): void {
  vscode.window.setStatusBarMessage(text, 5000);
}

/** The section whose menu was used, as VS Code passes it; without one a person chooses. */
async function chooseSection(
  inspector: InspectorView,
  argument: unknown,
): Promise<{ section: SectionName; model: SubjectModel } | undefined> {
  const model = inspector.model();
  const { sections } = model.type === 'subject' ? model : {};
  if (model.type !== 'subject' || !sections)
    throw new BadRequest(t('The Inspector shows nothing yet. Open a terminal, or inspect a process.'));
  const asked = (argument as { section?: unknown } | undefined)?.section;
  const known = sectionNames.find((name) => name === asked);
  if (known) return { section: known, model };
  const items = sectionNames.flatMap((section) => {
    const shown = sections[section];
    return shown ? [{ label: shown.heading, section }] : [];
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: model.title,
    placeHolder: t('Which section?'),
  });
  return picked && { section: picked.section, model };
}

/** @param argument a file of the explorer, or what was dropped; without one a person chooses. */
async function showFileOwner(inspector: InspectorView, argument: unknown): Promise<void> {
  const uri = await chooseFile(argument);
  if (!uri) return;
  if (uri.scheme !== 'file' && uri.scheme !== 'vscode-remote')
    throw new BadRequest(t('{0} is not a file of this machine.', uri.toString()));
  try {
    await inspector.showFile(await readOwner(uri.path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new BadRequest(t('{0} cannot be read: {1}', uri.path, String(error)));
  }
}

async function chooseFile(argument: unknown): Promise<vscode.Uri | undefined> {
  if (argument instanceof vscode.Uri) return argument;
  const dropped = typeof argument === 'string' ? firstUri(argument) : undefined;
  if (dropped !== undefined) return vscode.Uri.parse(dropped);
  const picked = await vscode.window.showOpenDialog({
    title: t('Whose file is it?'),
    openLabel: t('Show Owner'),
    canSelectFolders: false,
    ...(vscode.workspace.workspaceFolders?.[0] && {
      defaultUri: vscode.workspace.workspaceFolders[0].uri,
    }),
  });
  return picked?.[0];
}
