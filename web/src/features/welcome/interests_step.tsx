import { useEffect, useState } from 'preact/hooks';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import type { Status, Tag } from '~/api/types';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { SkeletonCards } from '~/ui/skeleton';
import { followsTag, keepTag, toggleTag } from '../tags/follow_tag';
import { hashtagsOf } from './interests';
import styles from './welcome.module.css';

const OFFERED = 18;
const POSTS_READ = 40;

interface Props {
    chosen: readonly string[];
    onChosen: (names: readonly string[]) => void;
    onBack: () => void;
    onNext: () => void;
}

/** Hashtags in use here: whoever follows one has its posts in the feed. */
export function InterestsStep({ chosen, onChosen, onBack, onNext }: Props) {
    const t = texts().welcome;
    const { names, failure, load } = useHashtags();
    const toggle = (name: string): void => {
        const isOn = followsTag(name) === true;
        onChosen(isOn ? chosen.filter((other) => other !== name) : [...chosen, name]);
        void toggleTag(name);
    };
    return (
        <div class={styles.step}>
            <div>
                <h2 class={styles.title}>{t.interestsTitle}</h2>
                <p class={styles.soft}>{t.interests}</p>
            </div>
            {names === null && failure === null && <SkeletonCards count={2} />}
            {names === null && failure !== null && <FailureNote failure={failure} onRetry={load} />}
            {names !== null && names.length === 0 && <p>{t.noInterests}</p>}
            {names !== null && names.length > 0 && (
                <div class={styles.tags} role="group" aria-label={t.interestsTitle}>
                    {names.map((name) => (
                        <button
                            key={name}
                            type="button"
                            class={styles.tag}
                            aria-pressed={followsTag(name) === true}
                            onClick={() => toggle(name)}
                        >
                            #{name}
                        </button>
                    ))}
                </div>
            )}
            <div class={styles.buttons}>
                <Button kind="quiet" onClick={onBack}>
                    {texts().app.back}
                </Button>
                <Button onClick={onNext}>{t.next}</Button>
            </div>
        </div>
    );
}

/** What trends, where the server counts that, and what the newest posts are about. */
function useHashtags() {
    const [names, setNames] = useState<string[] | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    async function load(): Promise<void> {
        setFailure(null);
        const path = '/api/v1/timelines/public';
        const [trends, posts, followed] = await Promise.all([
            api.get<Tag[]>('/api/v1/trends/tags', { limit: OFFERED }),
            readPosts(path),
            api.get<Tag[]>('/api/v1/followed_tags'),
        ]);
        if (!posts.ok) {
            setFailure(posts.failure);
            return;
        }
        if (followed.ok) {
            followed.value.forEach(keepTag);
        }
        const trending = trends.ok ? trends.value.map(({ name }) => name) : [];
        const recent = hashtagsOf(posts.value, OFFERED);
        const all = new Map([...trending, ...recent].map((name) => [name.toLowerCase(), name]));
        setNames([...all.values()].slice(0, OFFERED));
    }
    useEffect(() => void load(), []);
    return { names, failure, load: () => void load() };
}

/** Two pages of the newest posts: one alone is soon of one subject. */
async function readPosts(path: string) {
    const first = await api.page<Status>(path, { limit: POSTS_READ });
    if (!first.ok) {
        return first;
    }
    const { items, next } = first.value;
    const second = next === null ? null : await api.page<Status>(next);
    return { ok: true as const, value: [...items, ...(second?.ok ? second.value.items : [])] };
}
