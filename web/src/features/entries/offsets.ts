/** The `next` of a list that pages by offset: the offset itself, or null after a short page. */
export function nextOffset(offset: number, count: number, limit: number): string | null {
    return count < limit ? null : String(offset + count);
}
