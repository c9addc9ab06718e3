/* What in a process keeps namespaces that it is not in: descriptors, sockets, and what its children will be in. */
#define _GNU_SOURCE
#include "scan.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The same on all architectures; older headers lack them. */
#define PIDFD_OPEN 434
#define PIDFD_GETFD 438
#define GET_SOCKETS_NAMESPACE 0x894c /* SIOCGSKNS */

struct process {
	struct scan *scan;
	uint32_t pid;
	int folder;
	const struct ids *ids;
	int pidfd;     /* -1 until it is needed */
	bool has_more; /* than can be kept for the next scan */
};

static int add(struct process *process, int kind, uint32_t inode, int fd, struct anton_scan_holder holder)
{
	struct scan *scan = process->scan;
	int result;

	process->has_more = true;
	pthread_mutex_lock(&scan->lock);
	result = scan_add_namespace(scan, kind, inode, fd);
	if (result >= 0) {
		holder.namespace = result;
		holder.pid = process->pid;
		result = scan_add_holder(scan, &holder);
	}
	pthread_mutex_unlock(&scan->lock);
	return result < 0 ? result : 0;
}

/* The namespace that a path below /proc/PID leads to. */
static int add_path(struct process *process, int kind, uint32_t inode, const char *path,
		    struct anton_scan_holder holder)
{
	const int fd = openat(process->folder, path, O_RDONLY | O_CLOEXEC);
	const int error = add(process, kind, inode, fd, holder);

	if (fd >= 0)
		close(fd);
	return error;
}

static void deny(struct process *process)
{
	struct scan *scan = process->scan;

	process->has_more = true;
	pthread_mutex_lock(&scan->lock);
	scan->limits |= ANTON_SCAN_SOCKETS_DENIED;
	pthread_mutex_unlock(&scan->lock);
}

/* The network namespace of a socket of another process: a copy of it is asked (pidfd_getfd(2)), and closed at once. */
static int socket_namespace(struct process *process, uint32_t number)
{
	uint32_t inode;

	if (process->pidfd < 0)
		process->pidfd = syscall(PIDFD_OPEN, process->pid, 0);
	/* While the process that the scan looks at is there, no other has its PID. */
	if (scan_read_id(process->folder, "ns/user", &inode) < 0)
		return -1;
	const int copy = process->pidfd < 0 ? -1 : syscall(PIDFD_GETFD, process->pidfd, number, 0);
	int fd = -1;

	if (copy >= 0) {
		fd = ioctl(copy, GET_SOCKETS_NAMESPACE);
		if (fd < 0 && errno == EPERM)
			deny(process);
		close(copy);
	} else if (errno == EPERM || errno == ENOSYS) {
		deny(process);
	}
	return fd;
}

static int scan_socket(struct process *process, uint32_t number)
{
	const int fd = socket_namespace(process, number);
	struct statx status;
	int error = 0;

	if (fd < 0)
		return 0;
	if (statx(fd, "", AT_EMPTY_PATH, STATX_INO, &status) == 0 && status.stx_ino != process->ids->inode[NET])
		error = add(process, NET, status.stx_ino, fd,
			    (struct anton_scan_holder){.by = ANTON_SCAN_BY_SOCKET, .number = number});
	close(fd);
	return error;
}

/* 0 if there is no such descriptor, 1 if there is; -EACCES, -ENOMEM. */
static int scan_descriptor(struct process *process, uint32_t number)
{
	char path[3 + SCAN_DIGITS], link[64];
	uint32_t inode;
	int error = 0;

	char *begin = scan_print(path + sizeof(path), number);
	memcpy(begin -= 3, "fd/", 3);
	const ssize_t size = readlinkat(process->folder, begin, link, sizeof(link));
	if (size < 0)
		return errno == EACCES ? -EACCES : 0;
	/* Paths begin with a slash: most descriptors are told by one byte. */
	if (link[0] == '/' || size == sizeof(link))
		return 1;
	if (memcmp(link, "socket:", 7) == 0) {
		if (process->scan->options & ANTON_SCAN_SOCKETS)
			error = scan_socket(process, number);
	} else if (process->scan->options & ANTON_SCAN_DESCRIPTORS) {
		const int kind = scan_parse_link(link, size, &inode);
		if (kind >= 0)
			error = add_path(process, kind, inode, begin,
					 (struct anton_scan_holder){.by = ANTON_SCAN_BY_DESCRIPTOR, .number = number});
	}
	return error < 0 ? error : 1;
}

/*
 * Listing /proc/PID/fd makes the kernel prepare each entry first. It says since Linux 6.2 how many there are, and
 * descriptors are the lowest free numbers: most processes' are found by trying. Returns how many were.
 */
static int try_lowest(struct process *process, uint32_t wanted)
{
	uint32_t found = 0;

	for (uint32_t number = 0; found < wanted && number < wanted + 8; number++) {
		const int result = scan_descriptor(process, number);
		if (result < 0)
			return result;
		found += result;
	}
	return found;
}

static int list(struct process *process, uint32_t from)
{
	struct numbers all = {.fd = openat(process->folder, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
	uint32_t number;
	int result = 0;

	if (all.fd < 0)
		return errno == EACCES ? -EACCES : 0;
	while (result >= 0 && scan_next(&all, &number))
		if (number >= from)
			result = scan_descriptor(process, number);
	close(all.fd);
	return result < 0 ? result : 0;
}

static int scan_all(struct process *process)
{
	struct statx status;
	const int64_t wanted = statx(process->folder, "fd", 0, STATX_SIZE, &status) < 0 ? 0 : status.stx_size;

	if (wanted > 0) {
		const int found = try_lowest(process, wanted);
		if (found < 0 || found == wanted)
			return found < 0 ? found : 0;
	}
	return list(process, wanted > 0 ? wanted + 8 : 0);
}

/* The namespaces of a process's children to come, unshare(2): nobody need be in them yet. */
static int scan_children(struct process *process)
{
	static const struct {
		const char *path;
		int kind;
	} links[] = {{"ns/pid_for_children", PID}, {"ns/time_for_children", TIME}};
	int error = 0;

	for (int i = 0; i < 2 && error == 0; i++) {
		uint32_t inode;

		if (scan_read_id(process->folder, links[i].path, &inode) == 0 &&
		    inode != process->ids->inode[links[i].kind])
			error = add_path(process, links[i].kind, inode, links[i].path,
					 (struct anton_scan_holder){.by = ANTON_SCAN_BY_CHILDREN});
	}
	return error;
}

int scan_descriptors(struct scan *scan, uint32_t pid, int folder, const struct ids *ids)
{
	struct process process = {.scan = scan, .pid = pid, .folder = folder, .ids = ids, .pidfd = -1};
	int error = scan->options & ANTON_SCAN_DESCRIPTORS ? scan_children(&process) : 0;

	if (error == 0)
		error = scan_all(&process);
	if (process.pidfd >= 0)
		close(process.pidfd);
	if (error == -EACCES) {
		pthread_mutex_lock(&scan->lock);
		scan->hidden_descriptors++;
		pthread_mutex_unlock(&scan->lock);
		return 1;
	}
	return error < 0 ? error : process.has_more;
}
