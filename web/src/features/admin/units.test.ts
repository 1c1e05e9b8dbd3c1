import { expect, it } from 'vitest';
import { writeValue } from './units';

it('writes values with their units', () => {
    expect(writeValue(0.125, 'perSecond', 'en')).toBe('0.13/s');
    expect(writeValue(12.34, 'milliseconds', 'de')).toBe('12,3 ms');
    expect(writeValue(1234, 'count', 'en')).toBe('1,234');
    expect(writeValue(512, 'bytes', 'en')).toBe('512 B');
    expect(writeValue(3_240_000, 'bytesPerSecond', 'en')).toBe('3.2 MB/s');
    expect(writeValue(268_435_456, 'bytes', 'en')).toBe('268 MB');
});
