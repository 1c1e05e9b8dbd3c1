import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { theme } from '~/app/appearance';
import { language } from '~/texts/texts';
import styles from './live.module.css';
import { writeValue, type Unit } from './units';

interface Props {
    columns: [number[], ...(number | null)[][]];
    labels: string[];
    unit: Unit;
}

const HEIGHT_PX = 190;
const COLOURS = ['--accent', '--keep', '--love'];

/** A token's colour as it is now: the canvas knows no variables. */
function colourOf(element: HTMLElement, token: string): string {
    const probe = document.createElement('span');
    probe.style.color = `var(${token})`;
    element.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
}

function optionsFor(element: HTMLElement, labels: string[], unit: Unit): uPlot.Options {
    const soft = colourOf(element, '--ink-soft');
    const line = colourOf(element, '--line');
    const font = `12px ${getComputedStyle(element).fontFamily}`;
    const axis = { stroke: soft, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
    return {
        width: Math.max(200, element.clientWidth),
        height: HEIGHT_PX,
        legend: { show: false },
        cursor: { show: false },
        padding: [12, 12, 0, 0],
        scales: {
            x: { range: minuteOrMore },
            y: { range: (_, __, max) => [0, max > 0 ? max * 1.1 : 1] },
        },
        series: [
            {},
            ...labels.map((label, index) => ({
                label,
                stroke: colourOf(element, COLOURS[index] ?? '--ink'),
                width: 2,
                // Lines are told apart without colour, too.
                dash: [[], [6, 4], [2, 3]][index] ?? [],
                // Of a moment alone there is no line.
                points: { show: (self: uPlot) => self.data[0].length < 2, size: 6 },
                spanGaps: true,
            })),
        ],
        axes: [
            {
                ...axis,
                size: 30,
                space: 90,
                values: (_, moments) => moments.map((atS) => timeOf(atS)),
            },
            {
                ...axis,
                size: 72,
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

function timeOf(atS: number): string {
    return new Intl.DateTimeFormat(language.peek(), { timeStyle: 'medium' }).format(atS * 1000);
}

/** Lines over time. Silent for screen readers: the figure around it says the same in words. */
export default function Plot({ columns, labels, unit }: Props) {
    const place = useRef<HTMLDivElement>(null);
    const plot = useRef<uPlot | null>(null);
    const look = `${labels.join('\n')} ${unit} ${theme.value} ${language.value}`;

    useEffect(() => {
        const element = place.current;
        if (element === null) {
            return undefined;
        }
        const draw = (): void => {
            plot.current?.destroy();
            plot.current = new uPlot(optionsFor(element, labels, unit), columns, element);
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
