import { useEffect, useState } from 'preact/hooks';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import { navigate, type PageProps } from '~/router/router';
import { texts } from '~/texts/texts';
import { Button, IconButton } from '~/ui/button';
import { confirm } from '~/ui/dialogs';
import { FailureNote } from '~/ui/failure_note';
import { CheckField, FieldGroup, RadioField, SelectField, TextField } from '~/ui/field';
import { Page } from '~/ui/page';
import { sayFailure } from '~/ui/say_failure';
import { SkeletonCards } from '~/ui/skeleton';
import { say } from '~/ui/toast';
import {
    CONTEXTS,
    draftOf,
    emptyDraft,
    EXPIRIES_S,
    paramsOf,
    problemsOf,
    type Filter,
    type FilterDraft,
} from './filter_form';
import { FormProblem } from './form_problem';
import styles from './settings.module.css';

const PATH = '/api/v2/filters';
const LIST = '/settings/filters';

/** A filter, or (`/settings/filters/new`) one that is to be made. */
export default function FilterPage({ params }: PageProps) {
    const t = texts().settings.filters;
    const id = params.id === 'new' ? null : (params.id ?? null);
    const [filter, setFilter] = useState<Filter | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    async function load(): Promise<void> {
        if (id === null) {
            return;
        }
        setFailure(null);
        const answer = await api.get<Filter>(`${PATH}/${id}`);
        if (answer.ok) {
            setFilter(answer.value);
        } else {
            setFailure(answer.failure);
        }
    }
    useEffect(() => void load(), [id]);
    const isReady = id === null || filter !== null;
    return (
        <Page title={id === null ? t.add : t.edit} hasBack>
            {failure !== null && <FailureNote failure={failure} onRetry={() => void load()} />}
            {!isReady && failure === null && <SkeletonCards count={3} />}
            {isReady && <FilterForm key={filter?.id ?? 'new'} filter={filter} />}
        </Page>
    );
}

async function remove(filter: Filter): Promise<void> {
    const t = texts().settings.filters;
    const isSure = await confirm({
        title: t.removeTitle(filter.title),
        text: t.removeText,
        action: t.remove,
        isDangerous: true,
    });
    if (!isSure) {
        return;
    }
    const answer = await api.delete(`${PATH}/${filter.id}`);
    if (answer.ok || answer.failure.kind === 'absent') {
        say(t.removed);
        navigate(LIST, { replace: true });
    } else {
        sayFailure(answer.failure);
    }
}

function FilterForm({ filter }: { filter: Filter | null }) {
    const t = texts().settings;
    const [draft, setDraft] = useState(() => (filter === null ? emptyDraft() : draftOf(filter)));
    const [failure, setFailure] = useState<Failure | null>(null);
    const [isBusy, setBusy] = useState(false);
    const [wasTried, setTried] = useState(false);
    const problems = wasTried ? problemsOf(draft) : [];
    const change = (part: Partial<FilterDraft>): void => setDraft((now) => ({ ...now, ...part }));

    async function save(): Promise<void> {
        setTried(true);
        if (problemsOf(draft).length > 0) {
            return;
        }
        setBusy(true);
        setFailure(null);
        const params = paramsOf(draft, filter);
        const answer = await (filter === null
            ? api.post<Filter>(PATH, params)
            : api.put<Filter>(`${PATH}/${filter.id}`, params));
        setBusy(false);
        if (answer.ok) {
            say(t.saved);
            navigate(LIST, { replace: true });
        } else {
            setFailure(answer.failure);
        }
    }

    return (
        <form
            class={styles.form}
            noValidate
            onSubmit={(event) => {
                event.preventDefault();
                void save();
            }}
        >
            <TextField
                label={t.filters.name}
                hint={t.filters.nameHint}
                value={draft.title}
                problem={problems.includes('noTitle') ? t.filters.noTitle : undefined}
                onText={(title) => change({ title })}
            />
            <Keywords
                draft={draft}
                onChange={change}
                problem={problems.includes('noKeyword') ? t.filters.noKeyword : undefined}
            />
            <FieldGroup legend={t.filters.where}>
                {CONTEXTS.map((context) => (
                    <CheckField
                        key={context}
                        label={t.filters.contexts[context]}
                        checked={draft.contexts.includes(context)}
                        onToggle={(isOn) =>
                            change({
                                contexts: CONTEXTS.filter((one) =>
                                    one === context ? isOn : draft.contexts.includes(one),
                                ),
                            })
                        }
                    />
                ))}
                {problems.includes('noContext') && (
                    <p class={styles.problem} role="alert">
                        {t.filters.noContext}
                    </p>
                )}
            </FieldGroup>
            <RadioField
                legend={t.filters.what}
                value={draft.action}
                choices={[
                    { value: 'warn', label: t.filters.warn, hint: t.filters.warnHint },
                    { value: 'hide', label: t.filters.hide, hint: t.filters.hideHint },
                ]}
                onChoice={(action) => change({ action })}
            />
            <SelectField
                label={t.filters.expiry}
                value={draft.expiry}
                choices={[
                    ...(filter?.expiresAt == null
                        ? []
                        : [{ value: 'keep', label: t.filters.keepExpiry }]),
                    { value: 'never', label: t.filters.never },
                    ...EXPIRIES_S.map((seconds) => ({
                        value: String(seconds),
                        label: t.filters.inSeconds(seconds),
                    })),
                ]}
                onChoice={(expiry) => change({ expiry })}
            />
            <FormProblem failure={failure} />
            <div class={styles.buttons}>
                <Button type="submit" disabled={isBusy}>
                    {t.save}
                </Button>
                {filter !== null && (
                    <Button kind="quiet" icon="trash" onClick={() => void remove(filter)}>
                        {t.filters.remove}
                    </Button>
                )}
            </div>
        </form>
    );
}

interface KeywordsProps {
    draft: FilterDraft;
    onChange: (part: Partial<FilterDraft>) => void;
    problem: string | undefined;
}

function Keywords({ draft, onChange, problem }: KeywordsProps) {
    const t = texts().settings.filters;
    const put = (index: number, part: Partial<FilterDraft['keywords'][number]>): void =>
        onChange({
            keywords: draft.keywords.map((one, at) => (at === index ? { ...one, ...part } : one)),
        });
    return (
        <FieldGroup legend={t.keywords} hint={t.keywordsHint}>
            {draft.keywords.map((one, index) => (
                <div key={index} class={styles.keyword}>
                    <TextField
                        label={t.keyword(index + 1)}
                        value={one.keyword}
                        problem={index === 0 ? problem : undefined}
                        onText={(keyword) => put(index, { keyword })}
                    />
                    <IconButton
                        icon="trash"
                        label={t.removeKeyword(index + 1)}
                        onClick={() =>
                            onChange({ keywords: draft.keywords.filter((_, at) => at !== index) })
                        }
                    />
                    <CheckField
                        label={t.wholeWord}
                        checked={one.wholeWord}
                        onToggle={(wholeWord) => put(index, { wholeWord })}
                    />
                </div>
            ))}
            <span class={styles.add}>
                <Button
                    kind="quiet"
                    small
                    icon="plus"
                    onClick={() =>
                        onChange({
                            keywords: [...draft.keywords, { keyword: '', wholeWord: true }],
                        })
                    }
                >
                    {t.addKeyword}
                </Button>
            </span>
        </FieldGroup>
    );
}
