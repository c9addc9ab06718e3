import { counted, type Translate } from '../translate';
import { Disposable } from '../disposable';
import type { InspectorModel, ProcessRow } from './protocol';

/** Milliseconds between two announcements: whoever listens must be able to follow. */
const quiet = 4000;

/** Tells a screen reader what changed in the side panel, in a sentence and not too often. */
export class Announcer extends Disposable {
  private announced: InspectorModel | undefined;
  private latest: InspectorModel | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly t: Translate,
    private readonly say: (text: string) => void,
    private readonly pause = quiet,
  ) {
    super();
    this.register({ dispose: () => clearTimeout(this.timer) });
  }

  show(model: InspectorModel): void {
    this.latest = model;
    if (!this.announced) this.announced = model;
    else if (!this.timer) this.announce();
  }

  private announce(): void {
    this.timer = undefined;
    if (!this.announced || !this.latest) return;
    const text = describeChange(this.announced, this.latest, this.t);
    this.announced = this.latest;
    if (text === '') return;
    this.say(text);
    this.timer = setTimeout(() => this.announce(), this.pause);
  }
}

/** What is new, in words; '' if nothing that is worth interrupting somebody. */
export function describeChange(before: InspectorModel, after: InspectorModel, t: Translate): string {
  if (after.type === 'empty') return before.type === 'empty' ? '' : after.text;
  if (before.type === 'empty' || before.key !== after.key) {
    return t('Now showing {0}, {1}', after.title, after.profile);
  }
  if (!before.sections || !after.sections) return '';
  const old = before.sections.processes.rows;
  const now = after.sections.processes.rows;
  const parts = [
    describeCount(
      without(now, old),
      (name) => t('{0} started', name),
      (n) => counted(t, n, '{0} process started', '{0} processes started'),
    ),
    describeCount(
      without(old, now),
      (name) => t('{0} ended', name),
      (n) => counted(t, n, '{0} process ended', '{0} processes ended'),
    ),
    sameUsers(before.sections.users, after.sections.users) ? '' : t('The id maps changed'),
  ];
  return parts.filter(Boolean).join(', ');
}

function without(rows: readonly ProcessRow[], others: readonly ProcessRow[]): ProcessRow[] {
  const pids = new Set(others.map(({ pid }) => pid));
  return rows.filter(({ pid }) => !pids.has(pid));
}

function describeCount(
  rows: ProcessRow[],
  one: (name: string) => string,
  many: (n: number) => string,
): string {
  const [first] = rows;
  if (!first) return '';
  return rows.length === 1 ? one(first.name) : many(rows.length);
}

type Users = NonNullable<Extract<InspectorModel, { type: 'subject' }>['sections']>['users'];

function sameUsers(a: Users, b: Users): boolean {
  return JSON.stringify(a.tables) === JSON.stringify(b.tables);
}
