import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { rungs } from '../../src/runtime/rungs';
import type { TerminalInfo } from '../../src/runtime/runtime';
import { isProfileName } from '../../src/runtime/profiles';
import { nativeFolder } from '../../src/kernel/native';
import { look, type Lacks, type LessonMemory, type TaskState } from '../../src/lessons/progress';
import { ProcFacts } from '../../src/lessons/procFacts';
import type { Lesson, LessonTerminal, Need, SolvingLine } from '../../src/lessons/lesson';
import { readLessons } from '../../src/lessons/readLessons';
import { fill, valuesFor, type Values } from '../../src/lessons/variables';
import { eventually, plain, request, sleep, type TestRuntime } from './support';

/** Beside dist in the checkout, and where the tests are staged for another user. */
const lessonsFolder = path.join(nativeFolder(), '..', '..', '..', 'media', 'lessons');

export async function allLessons(): Promise<readonly Lesson[]> {
  const results = await readLessons(lessonsFolder);
  return results.map((result) => {
    assert.ok('lesson' in result, JSON.stringify(result));
    return result.lesson;
  });
}

/** What this machine lacks, found out by doing. */
export async function readLacks(runtime: TestRuntime, lessons: readonly Lesson[]): Promise<Lacks> {
  const needs = new Set<Need>(process.geteuid?.() === 0 ? ['ordinary'] : []);
  for (const { id, profile, proof } of rungs) {
    if (id === 'terminal') continue;
    const works = await runtime
      .open({
        ...request('plain'),
        profile,
        command: ['sh', '-c', proof, 'sh', ...hostLinks(profile.namespaces)],
      })
      .then((info) => runtime.end(info))
      .catch(() => undefined);
    if (!works || !('code' in works) || works.code !== 0) needs.add(id);
  }
  const programs = lessons.flatMap((lesson) => [lesson, ...lesson.tasks].flatMap((each) => each.programs));
  return { needs, programs: new Set(programs.filter((name) => !isOnPath(name))) };
}

function hostLinks(kinds: readonly string[]): readonly string[] {
  return kinds.map((kind) => fs.readlinkSync(`/proc/self/ns/${kind}`));
}

function isOnPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => fs.existsSync(path.join(folder, name)));
}

/** A lesson that somebody takes, in the terminals that it asks for. */
export class TakenLesson {
  readonly values: Values;
  private readonly open = new Map<LessonTerminal, TerminalInfo>();
  private memory: LessonMemory = {};

  constructor(
    private readonly runtime: TestRuntime,
    private readonly lesson: Lesson,
    private readonly lacks: Lacks,
    readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-lesson-')),
  ) {
    const { username, uid, gid } = os.userInfo();
    const surroundings = { user: username, uid, gid, folder: this.folder, hostname: os.hostname() };
    this.values = valuesFor(username, lesson, surroundings);
  }

  async start(): Promise<void> {
    await this.terminal('first');
  }

  look(): readonly TaskState[] {
    const { tasks, memory } = look(
      this.lesson,
      this.memory,
      new ProcFacts([...this.open.values()]),
      this.values,
      this.lacks,
    );
    this.memory = memory;
    return tasks;
  }

  state(id: string): TaskState {
    const state = this.look().find((each) => each.id === id);
    assert.ok(state);
    return state;
  }

  /**
   * Types a line and waits for the next prompt, of whichever shell that is then.
   * @returns what the terminal has printed since its last line was begun, with that line's prompt.
   */
  async type({ terminal, type }: SolvingLine): Promise<string> {
    const info = await this.terminal(terminal);
    const before = this.runtime.outputOf(info).length;
    const line = fill(type, this.values);
    this.runtime.write(info.id, `${line}\r`);
    const printed = (): string => plain(this.runtime.outputOf(info).slice(before));
    await eventually(() => /\n.*[$#>] $/.test(printed()), `a prompt after ${line}`).catch(
      (error: unknown) => {
        throw new Error(this.output(), { cause: error });
      },
    );
    const output = this.runtime.outputOf(info);
    return output.slice(output.lastIndexOf('\n', before) + 1);
  }

  /** Waits until a task has passed, as a person who looks at the side panel does. */
  async passes(id: string): Promise<void> {
    const deadline = Date.now() + 5_000;
    for (let state = this.state(id); state.passed !== true; state = this.state(id)) {
      assert.ok(Date.now() < deadline, `${id}: ${JSON.stringify(state, undefined, 1)}\n${this.output()}`);
      await sleep(50);
    }
  }

  async end(): Promise<void> {
    for (const info of this.open.values()) await this.runtime.close(info.id);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private output(): string {
    return [...this.open].map(([name, info]) => `${name}:\n${this.runtime.outputOf(info)}`).join('\n');
  }

  private async terminal(name: LessonTerminal): Promise<TerminalInfo> {
    const known = this.open.get(name);
    if (known) return known;
    const profile = name === 'first' ? this.lesson.profile : 'plain';
    assert.ok(isProfileName(profile), profile);
    const info = await this.runtime.shell(profile, { cwd: this.folder });
    this.open.set(name, info);
    return info;
  }
}
