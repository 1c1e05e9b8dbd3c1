import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { theme } from '~/app/appearance';
import { language } from '~/texts/texts';
import styles from './figures.module.css';
import { writeValue, type Unit } from './units';

/** Rates and levels are lines; what is counted by spans of time is steps, or bars that stand out. */
export type Shape = 'line' | 'steps' | 'bars';

export interface PlotProps {
    columns: [number[], ...(number | null)[][]];
    labels: string[];
    unit: Unit;
    /** Of each column; lines unless something else is said. */
    shapes?: readonly Shape[];
    /** How the moments are written: with seconds unless something else is said. */
    timeStyle?: 'medium' | 'short';
}

const HEIGHT_PX = 190;
const COLOURS = ['--accent', '--keep', '--love'];
/** What was counted is whole. */
const WHOLE = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8].flatMap((one) => [one, 2 * one, 5 * one]);
/** The least that is seen of a bar, however narrow and low it is. */
const BAR_PX = 3;

/** A token's colour as it is now: the canvas knows no variables. */
function colourOf(element: HTMLElement, token: string): string {
    const probe = document.createElement('span');
    probe.style.color = `var(${token})`;
    element.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
}

/** Bars from each moment to the next. One in a day of others is seen as well as one in an hour. */
const bars: uPlot.Series.PathBuilder = (plot, index, from, to) => {
    const fill = new Path2D();
    const least = BAR_PX * devicePixelRatio;
    const [moments] = plot.data;
    const base = plot.valToPos(0, 'y', true);
    for (let i = from; i < to; ++i) {
        const value = plot.data[index]?.[i] ?? 0;
        if (value > 0) {
            const left = plot.valToPos(moments[i] ?? 0, 'x', true);
            const right = plot.valToPos(moments[i + 1] ?? 0, 'x', true);
            const height = Math.max(least, base - plot.valToPos(value, 'y', true));
            fill.rect(left, base - height, Math.max(least, right - left), height);
        }
    }
    return { fill };
};

function seriesOf(element: HTMLElement, { labels, shapes = [] }: PlotProps): uPlot.Series[] {
    // Bars have a colour of their own, so that the others are those of a plot without them.
    const lines = labels.map((_, index) => index).filter((index) => shapes[index] !== 'bars');
    return labels.map((label, index) => {
        if (shapes[index] === 'bars') {
            const fill = colourOf(element, '--danger');
            return { label, fill, width: 0, paths: bars, points: { show: false } };
        }
        const rank = lines.indexOf(index);
        return {
            label,
            stroke: colourOf(element, COLOURS[rank] ?? '--ink'),
            width: 2,
            // Lines are told apart without colour, too.
            dash: [[], [6, 4], [2, 3]][rank] ?? [],
            // Of a moment alone there is no line.
            points: { show: (self: uPlot) => self.data[0].length < 2, size: 6 },
            spanGaps: true,
            ...(shapes[index] === 'steps' ? { paths: uPlot.paths.stepped?.({ align: 1 }) } : {}),
        };
    });
}

function optionsFor(element: HTMLElement, props: PlotProps): uPlot.Options {
    const { unit, timeStyle = 'medium' } = props;
    const soft = colourOf(element, '--ink-soft');
    const line = colourOf(element, '--line');
    const font = `12px ${getComputedStyle(element).fontFamily}`;
    const axis = { stroke: soft, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
    return {
        width: Math.max(200, element.clientWidth),
        height: HEIGHT_PX,
        legend: { show: false },
        cursor: { show: false },
        // At the right there is room for half of a moment's name, should one stand at the very end.
        padding: [12, timeStyle === 'short' ? 26 : 34, 0, 0],
        scales: {
            x: { range: minuteOrMore },
            y: { range: (_, __, max) => [0, max > 0 ? max * 1.1 : 1] },
        },
        series: [{}, ...seriesOf(element, props)],
        axes: [
            {
                ...axis,
                size: 30,
                space: 90,
                values: (_, moments) => moments.map((atS) => timeOf(atS, timeStyle)),
            },
            {
                ...axis,
                ...(unit === 'count' ? { size: 56, incrs: WHOLE } : { size: 72 }),
                values: (_, values) =>
                    values.map((value) => writeValue(value, unit, language.peek())),
            },
        ],
    };
}

/** By the moments themselves: of one alone uPlot makes a day. */
function minuteOrMore({ data: [moments] }: uPlot): [number, number] {
    const last = moments.at(-1) ?? 60;
    return [Math.min(moments[0] ?? 0, last - 60), last];
}

function timeOf(atS: number, timeStyle: 'medium' | 'short'): string {
    return new Intl.DateTimeFormat(language.peek(), { timeStyle }).format(atS * 1000);
}

/** What happened over time. Silent for screen readers: the figure around it says the same in words. */
export default function Plot(props: PlotProps) {
    const { columns, labels, unit, shapes = [], timeStyle } = props;
    const place = useRef<HTMLDivElement>(null);
    const plot = useRef<uPlot | null>(null);
    const how = [unit, timeStyle, ...shapes, theme.value, language.value];
    const look = `${labels.join('\n')} ${how.join(' ')}`;

    useEffect(() => {
        const element = place.current;
        if (element === null) {
            return undefined;
        }
        const draw = (): void => {
            const data = plot.current?.data ?? columns;
            plot.current?.destroy();
            plot.current = new uPlot(optionsFor(element, props), data, element);
        };
        draw();
        const scheme = matchMedia('(prefers-color-scheme: dark)');
        scheme.addEventListener('change', draw);
        const sizes = new ResizeObserver(() => {
            plot.current?.setSize({ width: element.clientWidth, height: HEIGHT_PX });
        });
        sizes.observe(element);
        return () => {
            scheme.removeEventListener('change', draw);
            sizes.disconnect();
            plot.current?.destroy();
            plot.current = null;
        };
    }, [look]);

    useEffect(() => plot.current?.setData(columns), [columns]);

    return <div ref={place} class={styles.canvas} aria-hidden="true" />;
}
