import * as fs from 'node:fs';
import * as path from 'node:path';
import type { HostPerson } from '../../inspect/hostPerson';
import { type Lesson, type Need, needs } from '../../lessons/lesson';
import type { Lacks } from '../../lessons/progress';
import type { MachineChecker } from '../machineChecker';

/** What this machine lacks for lessons: found out by doing, once; programs are looked for each time. */
export class MachineLacks {
  private missing: Promise<ReadonlySet<Need>> | undefined;

  constructor(
    private readonly checker: MachineChecker,
    private readonly person: HostPerson,
  ) {}

  async of(lesson: Lesson): Promise<Lacks> {
    this.missing ??= this.check();
    const programs = [lesson, ...lesson.tasks].flatMap((each) => each.programs);
    return {
      needs: await this.missing,
      programs: new Set(programs.filter((program) => !isOnPath(program))),
    };
  }

  private async check(): Promise<ReadonlySet<Need>> {
    const report = await this.checker.check();
    const failed = new Set<string>(
      (report?.rungs ?? []).filter(({ outcome }) => outcome !== 'works').map(({ id }) => id),
    );
    const isRoot: Need[] = this.person.uid === 0 ? ['ordinary'] : [];
    return new Set([...needs.filter((need) => failed.has(need)), ...isRoot]);
  }
}

/** Of root's folders, which not every person has on PATH, too: who is root inside a lesson's namespace has them there. */
function isOnPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return [...folders, '/usr/local/sbin', '/usr/sbin', '/sbin'].some((folder) => {
    try {
      fs.accessSync(path.join(folder, program), fs.constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
