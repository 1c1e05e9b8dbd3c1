/** One line of the text: a value under a name, told apart by labels. */
export interface Sample {
    labels: Record<string, string>;
    value: number;
}

export type Metrics = Map<string, Sample[]>;

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

function valueOf(text: string): number {
    switch (text) {
        case '+Inf':
            return Infinity;
        case '-Inf':
            return -Infinity;
        default:
            return Number(text);
    }
}

function unescaped(text: string): string {
    return text.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
}

/** Reads Prometheus' text format, version 0.0.4. Lines that are none are left out. */
export function parseMetrics(text: string): Metrics {
    const metrics: Metrics = new Map();
    for (const line of text.split('\n')) {
        const found = line.startsWith('#') ? null : LINE.exec(line.trim());
        if (found === null) {
            continue;
        }
        const [, name = '', labelText = '', valueText = ''] = found;
        const labels: Record<string, string> = {};
        for (const [, label = '', value = ''] of labelText.matchAll(LABEL)) {
            labels[label] = unescaped(value);
        }
        const samples = metrics.get(name) ?? [];
        samples.push({ labels, value: valueOf(valueText) });
        metrics.set(name, samples);
    }
    return metrics;
}

/** The bound of a histogram's bucket. */
export function boundOf(sample: Sample): number {
    return valueOf(sample.labels.le ?? '+Inf');
}

/** The same samples have the same key, in whatever order their labels stand. */
export function keyOf(sample: Sample): string {
    return Object.keys(sample.labels)
        .sort()
        .map((name) => `${name}=${sample.labels[name]}`)
        .join('\n');
}
