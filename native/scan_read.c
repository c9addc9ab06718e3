/* Reading what /proc says: numbers, links, short files. */
#define _GNU_SOURCE
#include "scan.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

const char *const scan_kind_names[KINDS] = {"user", "pid", "mnt", "uts", "ipc", "net", "cgroup", "time"};

char *scan_print(char *end, uint32_t number)
{
	*--end = 0;
	do
		*--end = '0' + number % 10;
	while (number /= 10);
	return end;
}

bool scan_parse(const char **text, uint64_t *number)
{
	const char *at = *text;

	while (*at == ' ' || *at == '\t')
		at++;
	if (*at < '0' || *at > '9')
		return false;
	for (*number = 0; *at >= '0' && *at <= '9'; at++)
		*number = *number * 10 + (*at - '0');
	*text = at;
	return true;
}

int scan_read(int folder, const char *name, char *buffer, size_t size)
{
	const int fd = openat(folder, name, O_RDONLY | O_CLOEXEC);
	size_t have = 0;
	ssize_t got = 0;

	if (fd < 0)
		return -errno;
	/* Files of /proc come in one piece, or in pieces of a page. */
	while (have < size - 1 && (got = read(fd, buffer + have, size - 1 - have)) > 0)
		have += got;
	const int error = have == 0 && got < 0 ? errno : 0;
	close(fd);
	buffer[have] = 0;
	return error ? -error : (int)have;
}

int scan_parse_link(const char *link, size_t size, uint32_t *inode)
{
	const char *colon = memchr(link, ':', size < 8 ? size : 8);
	uint64_t number;

	if (!colon || link + size - colon < 4 || colon[1] != '[' || link[size - 1] != ']')
		return -1;
	for (int kind = 0; kind < KINDS; kind++) {
		const size_t length = strlen(scan_kind_names[kind]);
		const char *digits = colon + 2;

		if (length != (size_t)(colon - link) || memcmp(link, scan_kind_names[kind], length) != 0)
			continue;
		if (!scan_parse(&digits, &number) || digits != link + size - 1 || number > UINT32_MAX)
			return -1;
		*inode = number;
		return kind;
	}
	return -1;
}

int scan_read_id(int folder, const char *path, uint32_t *inode)
{
	char link[64];
	const ssize_t size = readlinkat(folder, path, link, sizeof(link));

	if (size < 0)
		return -errno;
	/* A link that does not fit is none of a namespace. */
	return size < (ssize_t)sizeof(link) && scan_parse_link(link, size, inode) >= 0 ? 0 : -ENOENT;
}

bool scan_next(struct numbers *numbers, uint32_t *number)
{
	/* struct linux_dirent64 of getdents64(2): an inode and an offset of 8 bytes, a length of 2, a type, the name.
	 */
	enum { LENGTH = 16, NAME = 19 };

	for (;;) {
		if (numbers->at >= numbers->size) {
			numbers->size = syscall(SYS_getdents64, numbers->fd, numbers->buffer, sizeof(numbers->buffer));
			numbers->at = 0;
			if (numbers->size <= 0)
				return false;
		}
		const char *entry = numbers->buffer + numbers->at, *name = entry + NAME;
		uint16_t length;
		uint64_t value;

		memcpy(&numbers->inode, entry, sizeof(numbers->inode));
		memcpy(&length, entry + LENGTH, sizeof(length));
		numbers->at += length;
		if (scan_parse(&name, &value) && *name == 0) {
			*number = value;
			return true;
		}
	}
}
