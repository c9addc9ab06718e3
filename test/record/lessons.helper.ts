import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { stringify } from 'yaml';
import type { Lacks } from '../../src/lessons/progress';
import { type Lesson, type LessonTerminal, terminals } from '../../src/lessons/lesson';
import type { Recording } from '../../src/lessons/recording';
import { taskOf } from '../../src/ui/lessons/pictureGuide';
import { allLessons, readLacks, TakenLesson } from '../native/lessonTerminals';
import { plain, TestRuntime } from '../native/support';

/** Where the lessons are taken: it stands in what is recorded. */
const folder = '/tmp/lesson';

const heading = '# What this lesson’s commands showed on a machine that can. Made by `npm run record`.\n';

/** `node lessons.helper.js OUT`: takes each lesson as a person does, and writes OUT/NAME/recording.yaml. */
async function record(out: string): Promise<void> {
  const runtime = new TestRuntime();
  const lessons = await allLessons();
  const lacks = await readLacks(runtime, lessons);
  for (const lesson of lessons) {
    const recording = await new Recorder(runtime, lesson, lacks).record();
    const target = path.join(out, path.basename(lesson.folder));
    fs.mkdirSync(target, { recursive: true });
    const yaml = stringify(recording, { lineWidth: 0, blockQuote: 'literal' });
    fs.writeFileSync(path.join(target, 'recording.yaml'), heading + yaml);
    console.log(`${lesson.id}: ${Object.keys(recording.commands).length} commands`);
  }
}

class Recorder {
  private readonly taken: TakenLesson;

  constructor(
    runtime: TestRuntime,
    private readonly lesson: Lesson,
    lacks: Lacks,
  ) {
    // It fails where there is such a folder already, which is somebody's.
    fs.mkdirSync(folder);
    this.taken = new TakenLesson(runtime, lesson, lacks, folder);
  }

  /** The commands of the text in their order; what a task needs beyond them where the task stands. */
  async record(): Promise<Recording> {
    const commands: Record<string, string> = {};
    const tasks: Record<string, string> = {};
    try {
      await this.taken.start();
      for (const block of this.lesson.texts.en.blocks) {
        if (block.kind === 'command' && !this.isLeftOut(block.name)) {
          commands[block.name] = await this.type(block.terminal, block.code.trimEnd().split('\n'));
        } else if (block.kind === 'task') {
          const shown = await this.solve(block.id);
          if (shown !== '') tasks[block.id] = shown;
        }
      }
    } finally {
      await this.taken.end();
    }
    const made = new Date().toISOString().slice(0, 10);
    return {
      made,
      kernel: /^[\d.]*/.exec(os.release())?.[0] ?? '',
      user: os.userInfo().username,
      commands,
      tasks,
    };
  }

  /** A command whose task this machine cannot do shows nothing worth seeing. */
  private isLeftOut(command: string): boolean {
    const task = taskOf(command, this.lesson.texts.en.blocks, this.lesson);
    return task !== undefined && this.taken.state(task.id).skipped?.why === 'needs';
  }

  private async solve(id: string): Promise<string> {
    const task = this.lesson.tasks.find((each) => each.id === id);
    if (!task || this.taken.state(id).skipped?.why === 'needs') return '';
    if (
      await this.taken.passes(id).then(
        () => true,
        () => false,
      )
    )
      return '';
    const shown: string[] = [];
    for (const terminal of terminals) {
      const lines = task.solve.filter((line) => line.terminal === terminal).map(({ type }) => type);
      if (lines.length > 0) shown.push(await this.type(terminal, lines));
    }
    await this.taken.passes(id);
    return shown.join('\n');
  }

  private async type(terminal: LessonTerminal, lines: readonly string[]): Promise<string> {
    let shown = '';
    for (const line of lines) {
      const printed = plain(await this.taken.type({ terminal, type: line }));
      this.taken.look();
      // The prompt at its end begins the next line.
      shown = shown.slice(0, shown.lastIndexOf('\n') + 1) + printed;
    }
    return shown.trimEnd().replace(/[ \t]+$/gm, '') + '\n';
  }
}

record(process.argv[2] ?? '.').then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
