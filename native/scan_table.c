/* Tables that grow, and texts in one piece. */
#include "scan.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

void *table_row(const struct table *table, uint32_t index)
{
	return table->rows + (size_t)index * table->row_size;
}

static uint32_t hash(const void *key, uint32_t size)
{
	const uint32_t *words = key;
	uint32_t value = 2166136261u;

	for (uint32_t i = 0; i < size / sizeof(*words); i++)
		value = (value ^ words[i]) * 16777619u;
	return value ^ value >> 15;
}

/* The slot of this key, or the free one where it belongs. A slot holds an index plus 1. */
static uint32_t *slot_of(const struct table *table, const void *key)
{
	uint32_t i = hash(key, table->key_size);

	for (;; i++) {
		uint32_t *slot = &table->slots[i & (table->slot_count - 1)];

		if (*slot == 0 || memcmp(table_row(table, *slot - 1), key, table->key_size) == 0)
			return slot;
	}
}

/* Twice as many slots as rows, so that searches end soon. */
static int grow(struct table *table)
{
	const uint32_t room = table->room ? 2 * table->room : 64;
	char *rows = realloc(table->rows, (size_t)room * table->row_size);

	if (!rows)
		return -ENOMEM;
	table->rows = rows;
	if (table->key_size > 0) {
		uint32_t *slots = calloc(2 * room, sizeof(*slots));

		if (!slots)
			return -ENOMEM;
		free(table->slots);
		table->slots = slots;
		table->slot_count = 2 * room;
		for (uint32_t i = 0; i < table->count; i++)
			*slot_of(table, table_row(table, i)) = i + 1;
	}
	table->room = room;
	return 0;
}

int table_put(struct table *table, const void *key, bool *added)
{
	uint32_t *slot = NULL;

	*added = false;
	if (table->count == table->room && grow(table) < 0)
		return -ENOMEM;
	if (table->key_size > 0) {
		slot = slot_of(table, key);
		if (*slot != 0)
			return *slot - 1;
		*slot = table->count + 1;
	}
	memset(table_row(table, table->count), 0, table->row_size);
	memcpy(table_row(table, table->count), key, table->key_size ? table->key_size : table->row_size);
	*added = true;
	return table->count++;
}

void table_free(const struct table *table)
{
	free(table->rows);
	free(table->slots);
}

int text_add(struct text *text, const void *bytes, size_t size)
{
	const size_t offset = text->size, needed = offset + size + 1;

	if (needed > INT32_MAX)
		return -ENOMEM;
	if (needed > text->room) {
		const size_t room = needed + text->room + 4096;
		char *grown = realloc(text->bytes, room);

		if (!grown)
			return -ENOMEM;
		text->bytes = grown;
		text->room = room;
	}
	memcpy(text->bytes + offset, bytes, size);
	text->bytes[offset + size] = 0;
	text->size = needed;
	return offset;
}
