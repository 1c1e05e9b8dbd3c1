import { useMemo } from 'preact/hooks';
import type { ComponentType } from 'preact';
import { formats, language, texts } from '~/texts/texts';
import { classes } from '~/ui/classes';
import figures from './figures.module.css';
import styles from './limits.module.css';
import type { LimitRule } from './limits_types';
import {
    columnsOfMinutes,
    everyMinute,
    SPANS,
    sumsOf,
    totalOf,
    type Count,
    type Span,
} from './minutes';
import type { PlotProps, Shape } from './plot';
import { detailWords, quotaWords } from './rule_words';
import { usePlot } from './use_plot';

interface Props {
    rules: LimitRule[];
    /** By the server's clock. */
    now: string;
    span: Span;
    isTable: boolean;
}

/** The rules in force, each in words and with what it said in the span. */
export function RuleCards({ rules, now, span, isTable }: Props) {
    const Plot = usePlot();
    return (
        <div class={figures.figures}>
            {rules.map((rule) => (
                <RuleCard
                    key={rule.name}
                    rule={rule}
                    now={now}
                    span={span}
                    Plot={Plot}
                    isTable={isTable}
                />
            ))}
        </div>
    );
}

const SHAPES: Shape[] = ['bars', 'steps'];

type CardProps = Omit<Props, 'rules'> & {
    rule: LimitRule;
    Plot: ComponentType<PlotProps> | null;
};

function RuleCard({ rule, now, span, Plot, isTable }: CardProps) {
    const t = texts().limits;
    const { number } = formats();
    const words = { t, language: language.value };
    const counts = useMemo(
        () => everyMinute(rule.minutes, now, SPANS[span].minutes),
        [rule.minutes, now, span],
    );
    const columns = useMemo(() => columnsOfMinutes(counts, SPANS[span].point), [counts]);
    const { allowed, refused, refusedMax } = totalOf(counts);
    const refusedName = rule.shadow ? t.wouldBeRefused : t.refused;
    const bites = refused > 0 && !rule.shadow;
    return (
        <section class={classes(figures.figure, bites && styles.bites)} aria-label={rule.name}>
            <h3 class={classes(figures.name, styles.name)}>
                {rule.name}
                {rule.shadow && <span class={styles.trial}>{t.onTrial}</span>}
            </h3>
            <p>{quotaWords(rule, words)}</p>
            <p class={styles.soft}>{detailWords(rule, words).join(' · ')}</p>
            <dl class={figures.now}>
                <div class={figures.measure}>
                    <dt>
                        <span class={figures.first} aria-hidden="true" />
                        {t.allowed}
                    </dt>
                    <dd>{number(allowed)}</dd>
                </div>
                <div class={classes(figures.measure, refused > 0 && styles.refused)}>
                    <dt>
                        <span class={styles.barSign} aria-hidden="true" />
                        {refusedName}
                    </dt>
                    <dd>{number(refused)}</dd>
                </div>
                {refused > 0 && (
                    <div class={figures.measure}>
                        <dt>{t.refusedMax}</dt>
                        <dd>{number(refusedMax)}</dd>
                    </div>
                )}
            </dl>
            {allowed + refused === 0 && <p class={styles.quiet}>{t.quiet[span]}</p>}
            {allowed + refused > 0 && isTable && (
                <Table rule={rule} counts={counts} span={span} refusedName={refusedName} />
            )}
            {allowed + refused > 0 &&
                !isTable &&
                (Plot === null ? (
                    <div class={figures.canvas} />
                ) : (
                    <Plot
                        columns={columns}
                        labels={[refusedName, t.allowed]}
                        shapes={SHAPES}
                        unit="count"
                        timeStyle="short"
                    />
                ))}
        </section>
    );
}

interface TableProps {
    rule: LimitRule;
    counts: Count[];
    span: Span;
    refusedName: string;
}

/** The same numbers to read, summed up, the newest first. */
function Table({ rule, counts, span, refusedName }: TableProps) {
    const t = texts();
    const { number } = formats();
    const { step } = SPANS[span];
    const time = new Intl.DateTimeFormat(language.value, {
        timeStyle: 'short',
        ...(span === 'day' ? { dateStyle: 'short' } : {}),
    });
    return (
        <div
            class={figures.scroll}
            tabIndex={0}
            role="group"
            aria-label={`${t.admin.asTable}: ${rule.name}`}
        >
            <table class={figures.table}>
                <thead>
                    <tr>
                        <th scope="col">{t.limits.from[span]}</th>
                        <th scope="col">{t.limits.allowed}</th>
                        <th scope="col">{refusedName}</th>
                    </tr>
                </thead>
                <tbody>
                    {sumsOf(counts, step)
                        .reverse()
                        .map(({ atMs, allowed, refused }) => (
                            <tr key={atMs}>
                                <th scope="row">{time.format(atMs)}</th>
                                <td>{number(allowed)}</td>
                                <td class={classes(refused > 0 && styles.refused)}>
                                    {number(refused)}
                                </td>
                            </tr>
                        ))}
                </tbody>
            </table>
        </div>
    );
}
