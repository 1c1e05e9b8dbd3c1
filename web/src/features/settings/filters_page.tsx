import { useEffect, useState } from 'preact/hooks';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import { texts } from '~/texts/texts';
import { Moment } from '~/time/moment';
import { ButtonLink } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { Icon } from '~/ui/icon';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { SkeletonCards } from '~/ui/skeleton';
import type { Filter } from './filter_form';
import styles from './settings.module.css';

/** What one does not want to read, and where. */
export default function FiltersPage() {
    const t = texts().settings.filters;
    const [filters, setFilters] = useState<Filter[] | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    async function load(): Promise<void> {
        setFailure(null);
        const answer = await api.get<Filter[]>('/api/v2/filters');
        if (answer.ok) {
            setFilters(answer.value);
        } else {
            setFailure(answer.failure);
        }
    }
    useEffect(() => void load(), []);
    const add = (
        <ButtonLink href="/settings/filters/new" small icon="plus">
            {t.add}
        </ButtonLink>
    );
    return (
        <Page title={t.title} hasBack actions={add}>
            {filters === null && failure === null && <SkeletonCards count={3} />}
            {failure !== null && <FailureNote failure={failure} onRetry={() => void load()} />}
            {filters !== null && filters.length === 0 && (
                <Note icon="eyeOff" title={t.emptyTitle} text={t.empty} />
            )}
            <ul>
                {filters?.map((filter) => (
                    <li key={filter.id}>
                        <Entry filter={filter} />
                    </li>
                ))}
            </ul>
        </Page>
    );
}

function Entry({ filter }: { filter: Filter }) {
    const t = texts().settings.filters;
    const isOver = filter.expiresAt !== null && Date.parse(filter.expiresAt) < Date.now();
    return (
        <a class={styles.entry} href={`/settings/filters/${filter.id}`}>
            <Icon name={filter.filterAction === 'hide' ? 'eyeOff' : 'alert'} />
            <span>
                <span class={styles.entryName}>
                    <bdi>{filter.title}</bdi>
                </span>
                <span class={styles.soft}>
                    {filter.keywords.map(({ keyword }) => keyword).join(', ')}
                    {' · '}
                    {filter.context.map((one) => t.contexts[one]).join(', ')}
                    {filter.expiresAt !== null && (
                        <>
                            {` · ${isOver ? t.over : t.until} `}
                            <Moment at={filter.expiresAt} full />
                        </>
                    )}
                </span>
            </span>
            <Icon name="chevronRight" size={18} />
        </a>
    );
}
