import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import manifest from '../../package.json';
import texts from '../../package.nls.json';
import slovak from '../../package.nls.sk.json';
import { profileNames, defaultProfile } from '../../src/runtime/profiles';
import {
  command,
  contextKey,
  languageModelTool,
  setting,
  taskType,
  terminalProfile,
  view,
} from '../../src/ui/names';

/** package.json and the code name the same things. */
describe('package.json', () => {
  const { contributes } = manifest;

  it('has every command of the code, and no other', () => {
    assert.deepEqual(contributes.commands.map((each) => each.command).sort(), Object.values(command).sort());
  });

  it('has every view of the code, and no other', () => {
    assert.deepEqual(contributes.views.anton.map((each) => each.id).sort(), Object.values(view).sort());
  });

  it('has every setting of the code, and no other', () => {
    assert.deepEqual(Object.keys(contributes.configuration.properties).sort(), Object.values(setting).sort());
  });

  it('has the terminal profile', () => {
    assert.deepEqual(
      contributes.terminal.profiles.map((each) => each.id),
      [terminalProfile],
    );
  });

  it('has the type of tasks', () => {
    assert.deepEqual(
      contributes.taskDefinitions.map(({ type }) => type),
      [taskType],
    );
  });

  it('has the tool for language models', () => {
    assert.deepEqual(
      contributes.languageModelTools.map(({ name }) => name),
      [languageModelTool],
    );
  });

  it('offers every profile, each described, and the same default', () => {
    const property = contributes.configuration.properties['anton.defaultProfile'];
    const [builtIn] = property.anyOf;
    assert.deepEqual(builtIn?.enum, profileNames);
    assert.deepEqual(
      builtIn.enumDescriptions,
      profileNames.map((name) => `%profile.${name}%`),
    );
    assert.equal(property.default, defaultProfile);
  });

  it('welcomes in the language that was chosen for Anton, and before that is known in the editor’s', () => {
    const words: Readonly<Record<string, Readonly<Record<string, string>>>> = { en: texts, sk: slovak };
    for (const [language, own] of Object.entries(words)) {
      for (const { view: where } of contributes.viewsWelcome) {
        const key = `welcome.${where.replace('anton.', '')}`;
        const welcomes = contributes.viewsWelcome.filter((each) => each.view === where);
        assert.deepEqual(
          welcomes.map(({ contents, when }) => [contents, when]),
          [
            [`%${key}%`, `!${contextKey.spokenLanguage}`],
            [`%${key}.en%`, `${contextKey.spokenLanguage} == en`],
            [`%${key}.sk%`, `${contextKey.spokenLanguage} == sk`],
          ],
        );
        for (const each of Object.values(words)) assert.equal(each[`${key}.${language}`], own[key]);
      }
    }
  });

  it('names only its own commands and views in menus and welcomes', () => {
    const commands = new Set<string>(Object.values(command));
    const views = new Set<string>(Object.values(view));
    for (const item of Object.values(contributes.menus).flat())
      assert.ok(commands.has(item.command), item.command);
    const conditions = JSON.stringify(contributes.menus);
    for (const [, name = ''] of conditions.matchAll(/view == ([\w.]+)/g)) assert.ok(views.has(name), name);
    for (const welcome of contributes.viewsWelcome) assert.ok(views.has(welcome.view), welcome.view);
    const focus = new Set([...views].map((name) => `${name}.focus`));
    for (const [, name = ''] of JSON.stringify(texts).matchAll(/command:([\w.]+)/g)) {
      assert.ok(commands.has(name) || focus.has(name), name);
    }
  });

  it('has a walkthrough whose steps are done by commands and views that there are, each with its picture', () => {
    const events = new Set([
      ...Object.values(command).map((name) => `onCommand:${name}`),
      ...Object.values(view).map((name) => `onView:${name}`),
    ]);
    const [{ steps } = { steps: [] }] = contributes.walkthroughs;
    assert.equal(steps.length, 6);
    for (const { completionEvents, media } of steps) {
      for (const event of completionEvents) assert.ok(events.has(event), event);
      assert.match(readFileSync(path.resolve(media.svg), 'utf8'), /^<svg [^]*<\/svg>\n$/);
    }
  });

  it('restricts only settings that there are in untrusted workspaces', () => {
    const settings = new Set<string>(Object.values(setting));
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    for (const name of restrictedConfigurations) assert.ok(settings.has(name), name);
  });

  it('uses every text of package.nls.json, and has a text for every use', () => {
    const used = [...JSON.stringify(manifest).matchAll(/%([\w.]+)%/g)].map(([, key = '']) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
  });
});
