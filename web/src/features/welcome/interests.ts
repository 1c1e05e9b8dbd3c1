import type { Status } from '~/api/types';

/** The hashtags that recent posts use, those of the most people first. */
export function hashtagsOf(posts: readonly Status[], count: number): string[] {
    const peopleByTag = new Map<string, { name: string; people: Set<string> }>();
    for (const post of posts) {
        for (const { name } of post.tags) {
            const key = name.toLowerCase();
            const entry = peopleByTag.get(key) ?? { name, people: new Set<string>() };
            entry.people.add(post.account.id);
            peopleByTag.set(key, entry);
        }
    }
    return [...peopleByTag.values()]
        .sort((a, b) => b.people.size - a.people.size || a.name.localeCompare(b.name))
        .slice(0, count)
        .map(({ name }) => name);
}

/** The authors of posts with a hashtag, each once, without those known already. */
export function authorsOf(posts: readonly Status[], known: readonly string[]): string[] {
    const ids = posts.map(({ account }) => account.id);
    return [...new Set(ids)].filter((id) => !known.includes(id));
}
