import { sparklinePoints } from './sparkline_points';
import styles from './sparkline.module.css';

const WIDTH_PX = 64;
const HEIGHT_PX = 24;
/** Room for half of the line's width. */
const EDGE_PX = 2;

/**
 * How something went, the oldest value first, as a line without axes. It is there for the eye: what
 * it says stands beside it in words.
 */
export function Sparkline({ values }: { values: readonly number[] }) {
    if (values.length < 2 || values.every((value) => value === 0)) {
        return <span class={styles.none} />;
    }
    const points = sparklinePoints(values, WIDTH_PX - 2 * EDGE_PX, HEIGHT_PX - 2 * EDGE_PX)
        .map(([x, y]) => `${x + EDGE_PX},${y + EDGE_PX}`)
        .join(' ');
    const ground = HEIGHT_PX - EDGE_PX;
    return (
        <svg
            class={styles.line}
            width={WIDTH_PX}
            height={HEIGHT_PX}
            viewBox={`0 0 ${WIDTH_PX} ${HEIGHT_PX}`}
            aria-hidden="true"
        >
            <polygon
                class={styles.area}
                points={`${EDGE_PX},${ground} ${points} ${WIDTH_PX - EDGE_PX},${ground}`}
            />
            <polyline points={points} />
        </svg>
    );
}
