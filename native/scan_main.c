/*
 * anton-scan: scans the machine as often as it is asked, in a process of its own: what goes wrong in it ends nobody else,
 * and its memory is given back when it ends. It reads the options of a scan from its standard input, as a uint32_t, and
 * writes the size of the result, a uint32_t as well, and the result to its standard output; size 0 if there is none. It
 * ends with its standard input.
 */
#include "scan.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* Below all else that runs: it is a look at the machine, not its work. */
enum { NICENESS = 10 };

static bool read_all(void *buffer, size_t size)
{
	for (size_t done = 0; done < size;) {
		const ssize_t count = read(STDIN_FILENO, (char *)buffer + done, size - done);

		if (count == 0 || (count < 0 && errno != EINTR))
			return false;
		done += count > 0 ? count : 0;
	}
	return true;
}

static bool write_all(const void *buffer, size_t size)
{
	for (size_t done = 0; done < size;) {
		const ssize_t count = write(STDOUT_FILENO, (const char *)buffer + done, size - done);

		if (count < 0 && errno != EINTR)
			return false;
		done += count > 0 ? count : 0;
	}
	return true;
}

int main(void)
{
	uint32_t options;
	bool is_heard = true;

	signal(SIGPIPE, SIG_IGN);
	setpriority(PRIO_PROCESS, 0, NICENESS);
	while (is_heard && read_all(&options, sizeof(options))) {
		uint32_t size = 0;
		void *result = scan_machine(options, &size);

		is_heard = write_all(&size, sizeof(size)) && write_all(result, size);
		free(result);
	}
	return 0;
}
