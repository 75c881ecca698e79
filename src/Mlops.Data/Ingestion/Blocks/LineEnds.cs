namespace Mlops.Data.Ingestion;

/// <summary>
/// Counts ends of lines in bytes: LF, CRLF and CR are one each, as for the reader of records.
/// </summary>
static class LineEnds
{
    public static int In(ReadOnlySpan<byte> bytes)
    {
        var lines = bytes.Count((byte)'\n');
        return bytes.Contains((byte)'\r') ? lines + bytes.Count((byte)'\r') - bytes.Count("\r\n"u8) : lines;
    }
}
