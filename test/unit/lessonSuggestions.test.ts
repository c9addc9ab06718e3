import * as assert from 'node:assert/strict';
import { needs } from '../../src/lessons/lesson';
import { suggestInYaml } from '../../src/lessons/suggestions';
import { suggestInText } from '../../src/lessons/textSuggestions';

const known = { profiles: ['plain', 'anton'], hints: ['shared'] };

/** The cursor is at |. */
function inYaml(marked: string): readonly string[] {
  return suggestInYaml(marked.replace('|', ''), marked.indexOf('|'), known).map(({ text }) => text);
}

describe('what is suggested in lesson.yaml', () => {
  it('is the keys that are not there yet', () => {
    assert.deepEqual(inYaml('id: a\nprofile: plain\n|'), ['needs', 'programs', 'variables', 'tasks']);
    const task = inYaml('id: a\ntasks:\n  - id: enter\n    |\n    when: edge\n');
    assert.ok(task.includes('check') && task.includes('section') && !task.includes('id'), task.join());
  });

  it('is facts inside a check, also in braces and before it is closed', () => {
    for (const check of [
      '{ process: { | } }',
      '{ process: { |',
      '\n      process:\n        |\n    hints: []',
    ]) {
      const facts = inYaml(`tasks:\n  - id: a\n    check: ${check}`);
      for (const fact of ['ns', 'uidMap', 'mount', 'file']) assert.ok(facts.includes(fact), check);
    }
    assert.ok(inYaml('tasks:\n  - check: { process: { ns: { us| } } }').includes('user'));
    assert.ok(
      inYaml('tasks:\n  - check: { all: [{ any: [{ host: { not: { | } } }] }] }').includes('hostname'),
    );
  });

  it('is values where there is a list of them', () => {
    assert.deepEqual(inYaml('tasks:\n  - check: { process: { ns: { user: |'), ['own', 'shared']);
    assert.deepEqual(inYaml('needs: [user, |]'), needs);
    assert.deepEqual(inYaml('tasks:\n  - when: |\n'), ['edge', 'level']);
    assert.deepEqual(inYaml('profile: a|\ntasks:\n'), ['plain', 'anton']);
    assert.deepEqual(inYaml('tasks:\n  - check: { process: { mount: { exists: | } } }'), ['true', 'false']);
  });

  it('is what other parts of the lesson define', () => {
    assert.deepEqual(inYaml('tasks:\n  - id: first\n  - id: second\n    after: |\n'), ['first', 'second']);
    assert.deepEqual(inYaml('tasks:\n  - hints:\n      - key: |\n'), ['shared']);
    const variables = inYaml(
      "variables:\n  word1: { word: true }\ntasks:\n  - check: { host: { hostname: '{{|' } }",
    );
    assert.ok(variables.includes('word1') && variables.includes('uid'), variables.join());
  });

  it('is nothing where anything may stand', () => {
    assert.deepEqual(inYaml('id: |'), []);
    assert.deepEqual(inYaml('tasks:\n  - solve: [|]'), ['terminal', 'type']);
  });
});

describe('what is suggested in a lesson’s text', () => {
  const yaml =
    'variables:\n  name: { word: true }\ntasks:\n  - id: enter\n    hints:\n      - key: shared\n  - id: leave\n';
  const text = '# Other\n\n```sh {"name":"look"}\nid\n```\n';
  const inText = (marked: string): readonly string[] =>
    suggestInText(marked.replace('|', ''), marked.indexOf('|'), { yaml, text });

  it('is the tasks that the text has not shown yet', () => {
    assert.deepEqual(inText('# A\n\n```anton-task\nid: |\n```\n'), ['enter', 'leave']);
    assert.deepEqual(inText('```anton-task\nid: enter\n```\n\n```anton-task\nid: |\n```\n'), ['leave']);
  });

  it('is hints, commands, terminals and variables, each at its place', () => {
    assert.deepEqual(inText('<details id="hint-|">'), ['shared']);
    assert.deepEqual(inText('```sh {"name":"|"}\nid\n```\n'), ['look']);
    assert.deepEqual(inText('```sh {"name":"x","terminal":"|"}\nid\n```\n'), ['first', 'second']);
    assert.ok(inText('Make {{|').includes('name'));
    assert.deepEqual(inText('Just prose |'), []);
  });
});
