/*
 * What a scan leaves to the next one.
 *
 * A process that has not run is as it was: its namespaces (setns(2), unshare(2)), credentials, name, threads and
 * descriptors are changed by itself alone. Whether it has run, its CPU clock tells, in nanoseconds and of all its
 * threads together, for everybody and in a fifth of a microsecond (clock_getcpuclockid(3)); reading all the rest takes
 * a hundred times as long. Of a machine's processes hardly any run between two looks.
 *
 * What others may change is looked at each time: a process's parent, which its end changes, and what is not a
 * process's: maps and mounts. A process that keeps a namespace by a descriptor or a thread is read anew, too.
 */
#define _GNU_SOURCE
#include "scan.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NO_CLOCK UINT64_MAX

static struct past *last;

static void free_parts(const struct past *past)
{
	free(past->entries);
	free(past->processes);
	table_free(&past->sets);
	table_free(&past->chains);
}

static void free_past(struct past *past)
{
	if (past)
		free_parts(past);
	free(past);
}

struct past *scan_take_past(uint32_t options)
{
	struct past *past = last;

	last = NULL;
	/* As another user, we may see other things. */
	if (past && past->options == options && past->uid == geteuid() && !(options & ANTON_SCAN_FRESH))
		return past;
	free_past(past);
	return NULL;
}

void scan_leave_past(struct scan *scan, struct past *past, bool is_whole)
{
	const struct past now = {.options = scan->options & ~ANTON_SCAN_FRESH,
				 .uid = geteuid(),
				 .count = scan->pid_count,
				 .entries = scan->entries,
				 .processes = scan->processes,
				 .sets = scan->sets,
				 .chains = scan->chains};
	struct past *kept = malloc(sizeof(*kept));

	free_past(past);
	if (kept && is_whole) {
		memcpy(kept, &now, sizeof(now));
		last = kept;
	} else {
		free(kept);
		free_parts(&now);
	}
}

static uint64_t cpu_time(uint32_t pid)
{
	struct timespec time;

	/* As clock_getcpuclockid(3) makes it: CPUCLOCK_SCHED of a process. */
	if (clock_gettime((~(clockid_t)pid << 3) | 2, &time) < 0)
		return NO_CLOCK;
	return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

/* The place of a PID among sorted entries, or -1. */
static int64_t find(const struct entry *entries, uint32_t count, uint32_t pid)
{
	uint32_t low = 0, high = count;

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;

		if (entries[middle].pid < pid)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && entries[low].pid == pid ? (int64_t)low : -1;
}

static bool is_there_still(const struct scan *scan, uint32_t pid)
{
	const int64_t before = find(scan->past->entries, scan->past->count, pid);
	const int64_t now = find(scan->entries, scan->pid_count, pid);

	return before >= 0 && now >= 0 && scan->past->entries[before].inode == scan->entries[now].inode;
}

/* Puts what the last scan knew of a process into this one's tables. */
static int copy(struct scan *scan, const struct anton_scan_process *old, struct anton_scan_process *record)
{
	struct anton_scan_process same = *old;
	struct ids ids;

	if (old->chain) {
		const int chain = scan_add_chain(scan, table_row(&scan->past->chains, old->chain));
		if (chain < 0)
			return chain;
		same.chain = chain;
	}
	if (old->flags & ANTON_SCAN_IN_SET) {
		const struct anton_scan_set *set = table_row(&scan->past->sets, old->set);
		memcpy(&ids, set->inodes, sizeof(ids));
		const int index = scan_count_in(
		    scan, &ids, -1,
		    (struct anton_scan_set){.processes = 1, .threads = old->threads, .first_pid = old->pid});
		if (index < 0)
			return index;
		same.set = index;
	}
	*record = same;
	return 1;
}

int scan_reuse(struct scan *scan, struct entry *entry, struct anton_scan_process *record)
{
	/* Before anything else is read: if it runs in between, the next scan sees it. */
	entry->cpu = cpu_time(entry->pid);
	if (!scan->past || entry->cpu == NO_CLOCK)
		return 0;
	const int64_t index = find(scan->past->entries, scan->past->count, entry->pid);
	if (index < 0)
		return 0;
	const struct entry *before = &scan->past->entries[index];
	const struct anton_scan_process *old = &scan->past->processes[index];
	if (!before->is_fixed || before->inode != entry->inode || before->cpu != entry->cpu)
		return 0;
	if (old->parent != 0 && !is_there_still(scan, old->parent))
		return 0;
	entry->is_fixed = true;
	return copy(scan, old, record);
}

/* One that has ended has no children any more, also before its own parent asks for it. */
static bool has_ended(const struct scan *scan, uint32_t pid)
{
	const int64_t index = find(scan->entries, scan->pid_count, pid);

	return index < 0 || scan->processes[index].pid == 0 || (scan->processes[index].flags & ANTON_SCAN_ZOMBIE);
}

void scan_check_parents(struct scan *scan)
{
	for (uint32_t i = 0; scan->past && i < scan->pid_count; i++) {
		struct anton_scan_process *record = &scan->processes[i];

		if (record->pid && record->parent && scan->entries[i].is_fixed && has_ended(scan, record->parent))
			scan_read_parent(scan, record);
	}
}
