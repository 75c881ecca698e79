using System.Text;

namespace Mlops.Targets;

/// <summary>
/// Writes as long as someone takes it. A pipe whose reader has gone, a disk without room, a closed standard
/// output: from the first refusal on all is dropped, and the run goes on, for its results are worth more
/// than what it says.
/// </summary>
sealed class ForgivingWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    bool refused;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) =>
        Try(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    void Try(Action write)
    {
        if (refused)
            return;
        try
        {
            write();
        }
        catch (Exception refusal)
            when (refusal is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            refused = true;
        }
    }
}
