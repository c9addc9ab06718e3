import * as path from 'node:path';
import * as vscode from 'vscode';
import { describeCause, type LessonProblem } from '../../lessons/problems';
import { Disposable } from '../disposable';
import { onDidChangeLanguage, t } from '../language';
import { type OwnLessons, readNewest } from './ownLessons';

/** Shows in the files of the workspace's lessons, and in the list of problems, what is wrong with them. */
export class LessonDiagnostics extends Disposable {
  private readonly collection = this.register(vscode.languages.createDiagnosticCollection('anton-lessons'));

  constructor(
    private readonly own: OwnLessons,
    private readonly onError: (error: unknown) => void,
  ) {
    super();
    this.register(own.onDidChange(() => this.update()));
    this.register(onDidChangeLanguage(() => this.update()));
  }

  private update(): void {
    this.show().then(undefined, this.onError);
  }

  private async show(): Promise<void> {
    const problems = this.own
      .current()
      .flatMap((result) =>
        'problems' in result ? result.problems.map((problem) => shownIn(problem, result.folder)) : [],
      );
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const problem of problems) {
      const diagnostic = new vscode.Diagnostic(await rangeOf(problem), describeCause(problem.cause, t));
      diagnostic.source = 'Anton';
      byFile.set(problem.file, [...(byFile.get(problem.file) ?? []), diagnostic]);
    }
    this.collection.clear();
    for (const [file, diagnostics] of byFile) this.collection.set(vscode.Uri.file(file), diagnostics);
  }
}

/** A folder has no editor; what is wrong with its name is said in lesson.yaml. */
export function shownIn(problem: LessonProblem, folder: string): LessonProblem {
  return problem.file === folder ? { ...problem, file: path.join(folder, 'lesson.yaml') } : problem;
}

/** The line, without the blanks before it. */
async function rangeOf({ file, line }: LessonProblem): Promise<vscode.Range> {
  const text = (await readNewest(file))?.split(/\r?\n/)[line - 1] ?? '';
  const start = Math.max(0, text.search(/\S/));
  return new vscode.Range(line - 1, start, line - 1, text.length);
}
