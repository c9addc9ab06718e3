/*
 * The scan of the machine's namespaces.
 *
 * Several threads take the processes in turn, since nearly all the time goes to system calls that do not disturb each
 * other. What they find they add to common tables under one lock, which is held for a fraction of a microsecond for a
 * process in namespaces that are known already.
 */
#define _GNU_SOURCE
#include "scan.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_THREADS = 4, PIDS_A_THREAD = 64, PIDS_A_TURN = 16 };

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static int compare(const void *a, const void *b)
{
	const uint32_t x = ((const struct entry *)a)->pid, y = ((const struct entry *)b)->pid;

	return (x > y) - (x < y);
}

static int list_processes(struct scan *scan)
{
	struct numbers all = {.fd = openat(scan->proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
	uint32_t pid, room = 0;
	int error = all.fd < 0 ? -errno : 0;

	while (error == 0 && scan_next(&all, &pid)) {
		if (scan->pid_count == room) {
			struct entry *grown = realloc(scan->entries, sizeof(*grown) * (room = room ? 2 * room : 1024));
			if (!grown)
				error = -ENOMEM;
			else
				scan->entries = grown;
		}
		if (error == 0)
			scan->entries[scan->pid_count++] = (struct entry){.pid = pid, .inode = all.inode};
	}
	if (all.fd >= 0)
		close(all.fd);
	if (error)
		return error;
	/* The kernel lists them so, but nowhere promises it. */
	qsort(scan->entries, scan->pid_count, sizeof(*scan->entries), compare);
	scan->processes = calloc(scan->pid_count + 1, sizeof(*scan->processes));
	return scan->processes ? 0 : -ENOMEM;
}

static void *work(void *argument)
{
	struct scan *scan = argument;
	int error = 0;

	while (error == 0) {
		const uint32_t from = __atomic_fetch_add(&scan->next, PIDS_A_TURN, __ATOMIC_RELAXED);
		const uint32_t end = from + PIDS_A_TURN < scan->pid_count ? from + PIDS_A_TURN : scan->pid_count;

		if (from >= scan->pid_count)
			break;
		for (uint32_t i = from; i < end && error == 0; i++)
			error = scan_process(scan, &scan->entries[i], &scan->processes[i]);
	}
	if (error) {
		pthread_mutex_lock(&scan->lock);
		scan->error = error;
		pthread_mutex_unlock(&scan->lock);
	}
	return NULL;
}

/* How many threads are worth their making. */
static int helpers_for(const struct scan *scan)
{
	cpu_set_t allowed;
	int count = sched_getaffinity(0, sizeof(allowed), &allowed) == 0 ? CPU_COUNT(&allowed) : 1;

	if (count > MOST_THREADS)
		count = MOST_THREADS;
	if (count > (int)scan->pid_count / PIDS_A_THREAD)
		count = scan->pid_count / PIDS_A_THREAD;
	return count - 1;
}

static void scan_processes(struct scan *scan)
{
	pthread_t helpers[MOST_THREADS];
	const int wanted = helpers_for(scan);
	int made = 0;

	while (made < wanted && pthread_create(&helpers[made], NULL, work, scan) == 0)
		made++;
	work(scan);
	for (int i = 0; i < made; i++)
		pthread_join(helpers[i], NULL);
}

/* Leaves out those that had ended when their turn came. */
static void close_up(struct scan *scan)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < scan->pid_count; i++) {
		if (scan->processes[i].pid) {
			scan->entries[count] = scan->entries[i];
			scan->processes[count++] = scan->processes[i];
		}
	}
	scan->pid_count = count;
}

static struct anton_scan_place place(uint32_t *end, uint32_t count, size_t row_size)
{
	const struct anton_scan_place place = {.offset = *end, .count = count};

	*end += (count * row_size + 7) & ~7u;
	return place;
}

/* Puts all tables behind the header, in one piece. */
static void *pack(struct scan *scan, int64_t begin, uint32_t *size)
{
	struct anton_scan_header header = {.limits = scan->limits,
					   .hidden_descriptors = scan->hidden_descriptors,
					   .hidden_mounts = scan->hidden_mounts};
	uint32_t end = sizeof(header);
	const struct {
		struct anton_scan_place *place;
		const void *rows;
		uint32_t count, row_size;
	} parts[] = {
	    {&header.processes, scan->processes, scan->pid_count, sizeof(*scan->processes)},
	    {&header.sets, scan->sets.rows, scan->sets.count, scan->sets.row_size},
	    {&header.namespaces, scan->namespaces.rows, scan->namespaces.count, scan->namespaces.row_size},
	    {&header.holders, scan->holders.rows, scan->holders.count, scan->holders.row_size},
	    {&header.leaders, scan->leaders.rows, scan->leaders.count, scan->leaders.row_size},
	    {&header.chains, scan->chains.rows, scan->chains.count, scan->chains.row_size},
	    {&header.text, scan->text.bytes, scan->text.size, 1},
	};
	const int count = sizeof(parts) / sizeof(*parts);

	for (int i = 0; i < count; i++)
		*parts[i].place = place(&end, parts[i].count, parts[i].row_size);
	char *result = calloc(1, end);
	if (!result)
		return NULL;
	*size = end;
	for (int i = 0; i < count; i++)
		if (parts[i].count)
			memcpy(result + parts[i].place->offset, parts[i].rows,
			       (size_t)parts[i].count * parts[i].row_size);
	memcpy(header.own, scan->own.inode, sizeof(header.own));
	header.took_us = now_us() - begin;
	memcpy(result, &header, sizeof(header));
	return result;
}

static void read_own(struct scan *scan)
{
	char path[] = "thread-self/ns/cgroup";

	for (int kind = 0; kind < KINDS; kind++) {
		strcpy(path + strlen("thread-self/ns/"), scan_kind_names[kind]);
		scan_read_id(scan->proc, path, &scan->own.inode[kind]);
	}
}

static int run(struct scan *scan)
{
	const uint32_t none = 0;
	bool added;
	int error = list_processes(scan);

	/* What is at 0 means nothing: no chain, an empty text. */
	if (error || table_put(&scan->chains, &none, &added) < 0 || text_add(&scan->text, "", 0) < 0)
		return -ENOMEM;
	read_own(scan);
	scan_processes(scan);
	scan_check_parents(scan);
	close_up(scan);
	error = scan->error;
	if (error == 0)
		error = scan_count(scan);
	if (error == 0 && (scan->options & ANTON_SCAN_MOUNTS))
		error = scan_mounts(scan);
	if (error == 0 && (scan->options & ANTON_SCAN_LEADERS))
		error = scan_leaders(scan);
	return error;
}

void *scan_machine(uint32_t options, uint32_t *size)
{
	const int64_t begin = now_us();
	struct scan scan = {
	    .options = options,
	    .past = scan_take_past(options),
	    .proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC),
	    .lock = PTHREAD_MUTEX_INITIALIZER,
	    .sets = {.row_size = sizeof(struct anton_scan_set), .key_size = sizeof(struct ids)},
	    .namespaces = {.row_size = sizeof(struct anton_scan_namespace), .key_size = 2 * sizeof(uint32_t)},
	    .holders = {.row_size = sizeof(struct anton_scan_holder)},
	    .chains = {.row_size = sizeof(uint32_t)},
	    .leaders = {.row_size = sizeof(struct anton_scan_leader), .key_size = sizeof(uint32_t)},
	};
	void *result = NULL;
	struct table *const tables[] = {&scan.namespaces, &scan.holders, &scan.leaders};

	if (scan.proc >= 0 && run(&scan) == 0)
		result = pack(&scan, begin, size);
	if (scan.proc >= 0)
		close(scan.proc);
	for (unsigned i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		table_free(tables[i]);
	free(scan.text.bytes);
	scan_leave_past(&scan, scan.past, result != NULL);
	return result;
}
