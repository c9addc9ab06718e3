/* What tells the program behind a namespace: command line, control groups and a variable of its first process. */
#define _GNU_SOURCE
#include "scan.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* More says nothing more, and some programs have megabytes of arguments. */
enum { MOST = 4096 };

static int add_text(struct scan *scan, int folder, const char *name, uint32_t *offset, uint32_t *size)
{
	char bytes[MOST];
	int length = scan_read(folder, name, bytes, sizeof(bytes));

	if (length <= 0)
		return 0;
	/* The last argument's NUL, or the last line's end. */
	if (bytes[length - 1] == 0 || bytes[length - 1] == '\n')
		length--;
	const int added = text_add(&scan->text, bytes, length);
	if (added < 0)
		return added;
	*offset = added;
	*size = length;
	return 0;
}

/* The variable `container` alone: an environment may hold secrets. */
static int add_container(struct scan *scan, int folder, uint32_t *offset)
{
	static const char name[] = "container=";
	char bytes[4 * MOST];
	const int length = scan_read(folder, "environ", bytes, sizeof(bytes));
	int added = 0;

	for (const char *at = bytes; length > 0 && at < bytes + length; at += strlen(at) + 1)
		if (strncmp(at, name, sizeof(name) - 1) == 0)
			added = text_add(&scan->text, at + sizeof(name) - 1, strlen(at) - sizeof(name) + 1);
	if (added > 0)
		*offset = added;
	return added < 0 ? added : 0;
}

static int add_leader(struct scan *scan, uint32_t pid)
{
	struct anton_scan_leader leader = {.pid = pid};
	char name[SCAN_DIGITS];
	bool added;
	uint32_t size;
	const int index = table_put(&scan->leaders, &pid, &added);

	if (index < 0 || !added)
		return index < 0 ? index : 0;
	const int folder = openat(scan->proc, scan_print(name + SCAN_DIGITS, pid), O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return 0;
	int error = add_text(scan, folder, "cmdline", &leader.command, &leader.command_size);
	if (error == 0)
		error = add_text(scan, folder, "cgroup", &leader.cgroup, &size);
	if (error == 0)
		error = add_container(scan, folder, &leader.container);
	close(folder);
	memcpy(table_row(&scan->leaders, index), &leader, sizeof(leader));
	return error;
}

int scan_leaders(struct scan *scan)
{
	int error = 0;

	for (uint32_t i = 0; i < scan->namespaces.count && error == 0; i++) {
		const struct anton_scan_namespace *row = table_row(&scan->namespaces, i);

		if (row->first_pid)
			error = add_leader(scan, row->first_pid);
	}
	return error;
}
