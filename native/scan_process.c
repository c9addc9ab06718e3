/* One process of the scan: its /proc/PID/stat, its namespaces, its threads. */
#define _GNU_SOURCE
#include "scan.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Fields of proc_pid_stat(5), counted from 1, and PF_KTHREAD of <linux/sched.h>. */
enum { STATE = 3, PARENT = 4, FLAGS = 9, THREADS = 20, START = 22, KERNEL_THREAD = 0x00200000 };

static void parse_stat(const char *stat, size_t size, struct anton_scan_process *record)
{
	/* The name may hold anything, also parentheses. */
	const char *begin = memchr(stat, '(', size), *end = memrchr(stat, ')', size), *at;
	uint64_t field = 0;

	if (!begin || !end || end < begin + 1 || end + 4 > stat + size)
		return;
	begin++;
	const size_t length = end - begin;
	memcpy(record->name, begin, length < sizeof(record->name) ? length : sizeof(record->name) - 1);
	const char state = end[2];
	at = end + 3;
	for (int i = PARENT; i <= START; i++) {
		while (*at == ' ' || *at == '-')
			at++;
		if (!scan_parse(&at, &field))
			return;
		if (i == PARENT)
			record->parent = field;
		else if (i == FLAGS && (field & KERNEL_THREAD))
			record->flags |= ANTON_SCAN_KERNEL;
		else if (i == THREADS)
			record->threads = field;
	}
	record->start_low = field;
	record->start_high = field >> 32;
	/* One whose first thread has ended goes on while it has others. */
	if ((state == 'Z' || state == 'X') && record->threads <= 1)
		record->flags |= ANTON_SCAN_ZOMBIE;
}

/* 0, -EACCES if they may not be read, or -ESRCH if the process has ended and is gone. */
static int read_ids(int folder, struct ids *ids)
{
	char path[] = "ns/cgroup";

	for (int kind = 0; kind < KINDS; kind++) {
		strcpy(path + 3, scan_kind_names[kind]);
		const int error = scan_read_id(folder, path, &ids->inode[kind]);
		if (error == -EACCES || error == -EPERM)
			return -EACCES;
	}
	/* Even a process that nobody has waited for yet is in its user namespace. */
	return ids->inode[USER] ? 0 : -ESRCH;
}

/*
 * The PIDs from the caller's PID namespace inwards; NSpid of proc_pid_status(5). Returns the index of their number in
 * the chains, or 0 if the process has but the one.
 */
static int read_chain(struct scan *scan, int folder)
{
	char status[8192];
	const char *at = scan_read(folder, "status", status, sizeof(status)) > 0 ? strstr(status, "\nNSpid:") : NULL;
	uint32_t chain[1 + 33] = {0}; /* PID namespaces nest 32 deep, pid_namespaces(7) */
	uint64_t pid;

	if (at)
		for (at += strlen("\nNSpid:"); chain[0] < 33 && scan_parse(&at, &pid);)
			chain[++chain[0]] = pid;
	return chain[0] < 2 ? 0 : scan_add_chain(scan, chain);
}

int scan_add_chain(struct scan *scan, const uint32_t *chain)
{
	bool added;
	int index = 0;

	pthread_mutex_lock(&scan->lock);
	for (uint32_t i = 0; i <= chain[0] && index >= 0; i++) {
		const int put = table_put(&scan->chains, &chain[i], &added);
		if (i == 0 || put < 0)
			index = put;
	}
	pthread_mutex_unlock(&scan->lock);
	return index;
}

int scan_count_in(struct scan *scan, const struct ids *ids, int folder, struct anton_scan_set more)
{
	pthread_mutex_lock(&scan->lock);
	const int index = scan_add_set(scan, ids, folder, more.first_pid);
	if (index >= 0) {
		struct anton_scan_set *set = table_row(&scan->sets, index);
		/* A process stands for its namespaces before a thread of another does. */
		const bool is_better = more.processes > 0 ? set->processes == 0 || more.first_pid < set->first_pid
							  : set->processes == 0 && (set->first_pid == 0 ||
										    more.first_pid < set->first_pid);

		set->processes += more.processes;
		set->threads += more.threads;
		if (is_better) {
			set->first_pid = more.first_pid;
			set->first_tid = more.first_tid;
		}
	}
	pthread_mutex_unlock(&scan->lock);
	return index;
}

/*
 * A thread may leave its process's namespaces only of some kinds: a user or PID or time namespace can neither be made
 * nor entered by a thread of several (unshare(2), setns(2)). What the first thread no longer has, because it has ended
 * before the others, is read of each.
 */
static bool may_differ(const struct ids *ids, int kind)
{
	return ids->inode[kind] == 0 || !(kind == USER || kind == PID || kind == TIME);
}

static int scan_thread(struct scan *scan, int task, uint32_t pid, uint32_t tid, const struct ids *ids, uint32_t *same)
{
	struct ids own = *ids;
	char path[32];

	for (int kind = 0; kind < KINDS; kind++) {
		if (!may_differ(ids, kind))
			continue;
		snprintf(path, sizeof(path), "%u/ns/%s", tid, scan_kind_names[kind]);
		/* A thread that ends meanwhile counts no more. */
		if (scan_read_id(task, path, &own.inode[kind]) < 0)
			return 0;
	}
	if (memcmp(&own, ids, sizeof(own)) == 0) {
		++*same;
		return 0;
	}
	snprintf(path, sizeof(path), "%u", tid);
	const int folder = openat(task, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	const int result = scan_count_in(scan, &own, folder,
					 (struct anton_scan_set){.threads = 1, .first_pid = pid, .first_tid = tid});
	if (folder >= 0)
		close(folder);
	return result < 0 ? result : 0;
}

/* Looks at all threads but the first. *same: how many are in the namespaces of the first. */
static int scan_threads(struct scan *scan, int folder, uint32_t pid, const struct ids *ids, uint32_t *same)
{
	struct numbers tids = {.fd = openat(folder, "task", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
	uint32_t tid;
	int error = 0;

	if (tids.fd < 0)
		return 0;
	while (error == 0 && scan_next(&tids, &tid))
		if (tid != pid)
			error = scan_thread(scan, tids.fd, pid, tid, ids, same);
	close(tids.fd);
	return error;
}

static int scan_visible(struct scan *scan, int folder, struct entry *entry, struct anton_scan_process *record,
			const struct ids *ids)
{
	struct anton_scan_set more = {.processes = 1, .threads = 1, .first_pid = record->pid};
	int error = 0;

	if (record->threads > 1 && (scan->options & ANTON_SCAN_THREADS))
		error = scan_threads(scan, folder, record->pid, ids, &more.threads);
	else if (record->threads > 1)
		more.threads = record->threads;
	const int set = error ? error : scan_count_in(scan, ids, folder, more);
	if (set < 0)
		return set;
	/* A thread of its own namespaces is found anew each time. */
	entry->is_fixed = more.threads == record->threads;
	record->set = set;
	record->flags |= ANTON_SCAN_IN_SET;
	if (record->flags & (ANTON_SCAN_KERNEL | ANTON_SCAN_ZOMBIE))
		return 0;
	if (scan->options & (ANTON_SCAN_DESCRIPTORS | ANTON_SCAN_SOCKETS)) {
		error = scan_descriptors(scan, record->pid, folder, ids);
		if (error > 0)
			entry->is_fixed = false;
	}
	return error < 0 ? error : 0;
}

static int scan_opened(struct scan *scan, int folder, struct entry *entry, struct anton_scan_process *record)
{
	char stat[1024];
	struct statx owner;
	struct ids ids = {0};
	int size, error;

	/* The owner of /proc/PID itself is always the effective uid (task_dump_owner() in fs/proc/base.c). */
	if (statx(folder, "", AT_EMPTY_PATH, STATX_UID, &owner) < 0)
		return 0;
	record->uid = owner.stx_uid;
	size = scan_read(folder, "stat", stat, sizeof(stat));
	if (size == -EPERM || size == -EACCES) {
		record->flags = ANTON_SCAN_HIDDEN | ANTON_SCAN_OPAQUE;
		return 1;
	}
	if (size <= 0)
		return 0;
	parse_stat(stat, size, record);
	error = read_ids(folder, &ids);
	if (error == -ESRCH)
		return 0;
	if (error == -EACCES) {
		record->flags |= ANTON_SCAN_HIDDEN;
		entry->is_fixed = true;
	}
	if (error == -EACCES || ids.inode[PID] != scan->own.inode[PID]) {
		const int chain = read_chain(scan, folder);
		if (chain < 0)
			return chain;
		record->chain = chain;
	}
	error = error ? 0 : scan_visible(scan, folder, entry, record, &ids);
	return error ? error : 1;
}

void scan_read_parent(struct scan *scan, struct anton_scan_process *record)
{
	struct anton_scan_process now = {0};
	char stat[1024], path[SCAN_DIGITS + sizeof("/stat")];

	snprintf(path, sizeof(path), "%u/stat", record->pid);
	const int size = scan_read(scan->proc, path, stat, sizeof(stat));
	if (size > 0)
		parse_stat(stat, size, &now);
	if (now.start_low == record->start_low && now.start_high == record->start_high)
		record->parent = now.parent;
}

int scan_process(struct scan *scan, struct entry *entry, struct anton_scan_process *record)
{
	char name[SCAN_DIGITS];
	int result = scan_reuse(scan, entry, record);

	if (result != 0)
		return result < 0 ? result : 0;
	/* What is read below this descriptor is this process's, never that of a later one with its PID. */
	const int folder =
	    openat(scan->proc, scan_print(name + SCAN_DIGITS, entry->pid), O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return 0;
	*record = (struct anton_scan_process){.pid = entry->pid};
	result = scan_opened(scan, folder, entry, record);
	close(folder);
	if (result == 0)
		record->pid = 0;
	return result < 0 ? result : 0;
}
