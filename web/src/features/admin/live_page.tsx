import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ComponentType } from 'preact';
import { isAdmin, isModerator } from '~/app/navigation';
import { navigate } from '~/router/router';
import type { Texts } from '~/texts/en';
import { language, texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { FailureNote, wordsFor } from '~/ui/failure_note';
import { SkeletonCards } from '~/ui/skeleton';
import { AdminFrame } from './admin_frame';
import styles from './figures.module.css';
import { failure, points, watchServer } from './live';
import type { PlotProps } from './plot';
import { columnsOf, type Measure, type Point } from './points';
import { writeValue, type Unit } from './units';
import { usePlot } from './use_plot';

interface Figure {
    name: keyof Texts['admin']['figures'];
    measures: Measure[];
    unit: Unit;
}

const FIGURES: Figure[] = [
    { name: 'requests', measures: ['requests', 'errors'], unit: 'perSecond' },
    { name: 'latency', measures: ['p50', 'p95', 'p99'], unit: 'milliseconds' },
    { name: 'posts', measures: ['posts'], unit: 'perSecond' },
    { name: 'deliveries', measures: ['deliveries'], unit: 'perSecond' },
    { name: 'lag', measures: ['lag'], unit: 'count' },
    { name: 'people', measures: ['connections', 'streams'], unit: 'count' },
    { name: 'memory', measures: ['memory', 'cache'], unit: 'bytes' },
    { name: 'store', measures: ['store'], unit: 'bytes' },
    { name: 'log', measures: ['written'], unit: 'bytesPerSecond' },
];

/** The way in to all that is operated: whoever may not see the figures goes on to the reports. */
export default function LivePage() {
    const t = texts().admin;
    const [isTable, setTable] = useState(false);
    const goesOn = isModerator() && !isAdmin();
    useEffect(() => {
        if (goesOn) {
            navigate('/admin/reports', { replace: true });
        }
    }, [goesOn]);
    if (goesOn) {
        return null;
    }
    return (
        <AdminFrame
            title={t.live}
            part="live"
            actions={
                <Button
                    kind="quiet"
                    small
                    aria-pressed={isTable}
                    onClick={() => setTable(!isTable)}
                >
                    {t.asTable}
                </Button>
            }
        >
            <Live isTable={isTable} />
        </AdminFrame>
    );
}

function Live({ isTable }: { isTable: boolean }) {
    const t = texts().admin;
    const Plot = usePlot();
    const [attempt, setAttempt] = useState(0);
    useEffect(() => (isAdmin() ? watchServer() : undefined), [attempt]);
    const seen = points.value;
    const problem = failure.value;
    if (seen.length === 0) {
        return problem === null ? (
            <SkeletonCards count={4} />
        ) : (
            <FailureNote failure={problem} onRetry={() => setAttempt(attempt + 1)} />
        );
    }
    // What the server does not tell of has no plot.
    const shown = FIGURES.map((figure) => ({
        ...figure,
        measures: figure.measures.filter((measure) =>
            seen.some(({ values }) => values[measure] !== null),
        ),
    })).filter(({ name, measures }) => measures.length > 0 || name === 'latency');
    return (
        <>
            <p class={styles.state} role="status">
                {problem === null ? t.every : wordsFor(problem, texts().failure).text}
            </p>
            <div class={styles.figures}>
                {shown.map((figure) => (
                    <FigureCard
                        key={figure.name}
                        figure={figure}
                        seen={seen}
                        Plot={isTable ? null : Plot}
                        isTable={isTable}
                    />
                ))}
            </div>
        </>
    );
}

interface CardProps {
    figure: Figure;
    seen: Point[];
    Plot: ComponentType<PlotProps> | null;
    isTable: boolean;
}

function write(value: number | null | undefined, unit: Unit): string {
    return value === null || value === undefined
        ? texts().admin.nothing
        : writeValue(value, unit, language.value);
}

const SIGNS = [styles.first, styles.second, styles.third];

function FigureCard({ figure, seen, Plot, isTable }: CardProps) {
    const t = texts().admin;
    const { measures, unit } = figure;
    const latest = seen.at(-1);
    const columns = useMemo(() => columnsOf(seen, measures), [seen, measures.join()]);
    const labels = measures.map((measure) => t.measures[measure]);
    return (
        <section class={styles.figure} aria-label={t.figures[figure.name]}>
            <h2 class={styles.name}>{t.figures[figure.name]}</h2>
            <dl class={styles.now}>
                {measures.map((measure, index) => (
                    <div key={measure} class={styles.measure}>
                        <dt>
                            <span class={SIGNS[index]} aria-hidden="true" />
                            {labels[index]}
                        </dt>
                        <dd>{write(latest?.values[measure], unit)}</dd>
                    </div>
                ))}
            </dl>
            {isTable && (
                <Table
                    name={t.figures[figure.name]}
                    seen={seen}
                    measures={measures}
                    labels={labels}
                    unit={unit}
                />
            )}
            {!isTable &&
                (Plot === null ? (
                    <div class={styles.canvas} />
                ) : (
                    <Plot columns={columns} labels={labels} unit={unit} />
                ))}
        </section>
    );
}

const ROWS = 10;

interface TableProps {
    /** What the figure is called. */
    name: string;
    seen: Point[];
    measures: Measure[];
    labels: string[];
    unit: Unit;
}

/** The same numbers to read: ten moments, spread over what was seen, the newest first. */
function Table({ name, seen, measures, labels, unit }: TableProps) {
    const t = texts().admin;
    const time = new Intl.DateTimeFormat(language.value, { timeStyle: 'medium' });
    const step = Math.max(1, Math.floor(seen.length / ROWS));
    const rows = [...seen].reverse().filter((_, index) => index % step === 0);
    return (
        <div class={styles.scroll} tabIndex={0} role="group" aria-label={`${t.asTable}: ${name}`}>
            <table class={styles.table}>
                <thead>
                    <tr>
                        <th scope="col">{t.moment}</th>
                        {labels.map((label) => (
                            <th key={label} scope="col">
                                {label}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {rows.slice(0, ROWS).map(({ atS, values }) => (
                        <tr key={atS}>
                            <th scope="row">{time.format(atS * 1000)}</th>
                            {measures.map((measure) => (
                                <td key={measure}>{write(values[measure], unit)}</td>
                            ))}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
