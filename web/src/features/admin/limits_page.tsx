import { useEffect, useState } from 'preact/hooks';
import { isAdmin } from '~/app/navigation';
import type { PageProps } from '~/router/router';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { FailureNote, wordsFor } from '~/ui/failure_note';
import { SelectField, TextField } from '~/ui/field';
import { Note } from '~/ui/note';
import { SkeletonCards } from '~/ui/skeleton';
import { AdminFrame } from './admin_frame';
import { chooseLimited, isLimitedNow } from './limited';
import { LimitedList } from './limited_list';
import { limits, limitsFailure, watchLimits } from './limits';
import styles from './limits.module.css';
import { limitsPath, limitsQueryOf, type LimitsQuery } from './limits_query';
import type { Limits, LimitRule } from './limits_types';
import { SPANS, type Span } from './minutes';
import { RuleCards } from './rule_cards';

/** Whom the server refuses, by which rules, and how that went. */
export default function LimitsPage({ query }: PageProps) {
    const t = texts();
    const [isTable, setTable] = useState(false);
    return (
        <AdminFrame
            title={t.limits.title}
            part="limits"
            actions={
                isAdmin() && (
                    <Button
                        kind="quiet"
                        small
                        aria-pressed={isTable}
                        onClick={() => setTable(!isTable)}
                    >
                        {t.admin.asTable}
                    </Button>
                )
            }
        >
            <Watched query={query} isTable={isTable} />
        </AdminFrame>
    );
}

/** What is chosen stands in the address, without a visit of its own: the reader stays where they are. */
function useChosen(query: URLSearchParams): [LimitsQuery, (change: Partial<LimitsQuery>) => void] {
    const [chosen, setChosen] = useState(() => limitsQueryOf(query));
    useEffect(() => setChosen(limitsQueryOf(query)), [query]);
    return [
        chosen,
        (change) => {
            const next = { ...chosen, ...change };
            setChosen(next);
            history.replaceState(history.state, '', limitsPath(next));
        },
    ];
}

function Watched({ query, isTable }: { query: URLSearchParams; isTable: boolean }) {
    const [attempt, setAttempt] = useState(0);
    const [chosen, choose] = useChosen(query);
    useEffect(watchLimits, [attempt]);
    const seen = limits.value;
    const failure = limitsFailure.value;
    if (seen === null) {
        return failure === null ? (
            <SkeletonCards count={4} />
        ) : (
            <FailureNote failure={failure} onRetry={() => setAttempt(attempt + 1)} />
        );
    }
    return (
        <>
            <State seen={seen} />
            {seen.rules.length === 0 && <Off />}
            {(seen.rules.length > 0 || seen.refused.length > 0) && (
                <Seen seen={seen} chosen={chosen} choose={choose} isTable={isTable} />
            )}
        </>
    );
}

function State({ seen }: { seen: Limits }) {
    const t = texts();
    const nowMs = Date.parse(seen.now);
    const count = seen.refused.filter((entry) => isLimitedNow(entry, nowMs)).length;
    const failure = limitsFailure.value;
    return (
        <p class={styles.state} role="status">
            {failure === null
                ? `${t.limits.limitedNow(count)} ${t.limits.every}`
                : wordsFor(failure, t.failure).text}
        </p>
    );
}

function Off() {
    const t = texts().limits;
    return <Note icon="shield" title={t.offTitle} text={t.off} />;
}

interface SeenProps {
    seen: Limits;
    chosen: LimitsQuery;
    choose: (change: Partial<LimitsQuery>) => void;
    isTable: boolean;
}

function Seen({ seen, chosen, choose, isTable }: SeenProps) {
    const t = texts().limits;
    const nowMs = Date.parse(seen.now);
    const found = chooseLimited(seen.refused, chosen, nowMs);
    const rules = seen.rules.filter(({ name }) => chosen.rule === null || name === chosen.rule);
    return (
        <>
            <Filter rules={seen.rules} chosen={chosen} choose={choose} />
            <section class={styles.section} aria-labelledby="limits-who">
                <h2 id="limits-who" class={styles.heading}>
                    {t.who}
                </h2>
                {found.length > 0 && (
                    <LimitedList
                        entries={found}
                        rules={seen.rules}
                        nowMs={nowMs}
                        onRule={(rule) => choose({ rule })}
                    />
                )}
                {found.length === 0 && seen.refused.length === 0 && (
                    <Note icon="check" title={t.nobodyTitle} text={t.nobody} />
                )}
                {found.length === 0 && seen.refused.length > 0 && (
                    <Note icon="search" title={t.nobodyFitsTitle} text={t.nobodyFits} />
                )}
            </section>
            {rules.length > 0 && (
                <section class={styles.section} aria-labelledby="limits-rules">
                    <div class={styles.bar}>
                        <h2 id="limits-rules" class={styles.heading}>
                            {t.rules}
                        </h2>
                        <Spans span={chosen.span} onSpan={(span) => choose({ span })} />
                    </div>
                    <p class={styles.hint}>
                        {t.rulesHint} {chosen.span === 'day' && !isTable && t.dayHint}
                    </p>
                    <RuleCards rules={rules} now={seen.now} span={chosen.span} isTable={isTable} />
                </section>
            )}
        </>
    );
}

type FilterProps = Pick<SeenProps, 'chosen' | 'choose'> & { rules: LimitRule[] };

function Filter({ rules, chosen, choose }: FilterProps) {
    const t = texts().limits;
    const names = rules.map(({ name }) => name);
    if (chosen.rule !== null && !names.includes(chosen.rule)) {
        names.push(chosen.rule); // it was in force once
    }
    return (
        <form role="search" class={styles.filter} onSubmit={(event) => event.preventDefault()}>
            <TextField
                label={t.search}
                type="search"
                value={chosen.text}
                onText={(text) => choose({ text })}
            />
            <SelectField
                label={t.rule}
                value={chosen.rule ?? ''}
                choices={[
                    { value: '', label: t.allRules },
                    ...names.map((name) => ({ value: name, label: name })),
                ]}
                onChoice={(name) => choose({ rule: name === '' ? null : name })}
            />
        </form>
    );
}

function Spans({ span, onSpan }: { span: Span; onSpan: (span: Span) => void }) {
    const t = texts().limits;
    return (
        <div class={styles.spans} role="group" aria-label={t.span}>
            {(Object.keys(SPANS) as Span[]).map((one) => (
                <Button
                    key={one}
                    kind={one === span ? 'primary' : 'quiet'}
                    small
                    aria-pressed={one === span}
                    onClick={() => onSpan(one)}
                >
                    {t.spans[one]}
                </Button>
            ))}
        </div>
    );
}
