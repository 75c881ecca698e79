using System.Globalization;
using System.Text;

namespace Mlops.Targets;

/// <summary>
/// What targets print on while several run: each line becomes an event of the target that printed it, without
/// secrets. Whose a line is follows the flow of execution, also into tasks and threads that a target starts.
/// </summary>
sealed class TargetConsole : IDisposable
{
    readonly AsyncLocal<ExecutableTarget?> current = new();
    readonly Lock telling = new();
    readonly Action<RunEvent> tell;
    readonly LineWriter output;
    readonly LineWriter error;

    public TargetConsole(Action<RunEvent> tell, Func<string, string> mask)
    {
        this.tell = tell;
        output = new LineWriter(this, mask, isError: false);
        error = new LineWriter(this, mask, isError: true);
    }

    public ExecutableTarget? Current => current.Value;

    public TextWriter Out => output;

    public TextWriter Error => error;

    /// <summary>One event at a time, whoever tells it.</summary>
    public void Tell(RunEvent told)
    {
        lock (telling)
            tell(told);
    }

    /// <summary>What the action prints is the target's.</summary>
    public void As(ExecutableTarget target, Action action)
    {
        var before = current.Value;
        current.Value = target;
        try
        {
            action();
        }
        finally
        {
            current.Value = before;
        }
    }

    /// <summary>What was printed without the end of a line is a line now.</summary>
    /// <param name="target">Null for what was printed outside of targets.</param>
    public void Complete(ExecutableTarget? target)
    {
        output.EndLine(target);
        error.EndLine(target);
    }

    /// <summary>What was printed outside of targets and has no end yet is told of.</summary>
    public void Dispose()
    {
        Complete(null);
        output.Dispose();
        error.Dispose();
    }

    /// <summary>Gathers lines, those of each target for itself. A flush does not end one.</summary>
    sealed class LineWriter(TargetConsole console, Func<string, string> mask, bool isError)
        : TextWriter(CultureInfo.InvariantCulture)
    {
        readonly Lock writing = new();
        readonly Dictionary<ExecutableTarget, StringBuilder> ofTargets = [];
        readonly StringBuilder ofNone = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write([value]);

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(ReadOnlySpan<char> text)
        {
            lock (writing)
            {
                var target = console.Current;
                var line = LineOf(target);
                while (text.IndexOf('\n') is >= 0 and var end)
                {
                    line.Append(text[..end]);
                    Pass(target, line);
                    text = text[(end + 1)..];
                }
                line.Append(text);
            }
        }

        public void EndLine(ExecutableTarget? target)
        {
            lock (writing)
                if (LineOf(target) is { Length: > 0 } line)
                    Pass(target, line);
        }

        void Pass(ExecutableTarget? target, StringBuilder line)
        {
            if (line.Length > 0 && line[^1] == '\r')
                line.Length--;
            console.Tell(new RunEvent.Printed(target, mask(line.ToString()), isError));
            line.Clear();
        }

        StringBuilder LineOf(ExecutableTarget? target)
        {
            if (target is null)
                return ofNone;
            if (!ofTargets.TryGetValue(target, out var line))
                ofTargets[target] = line = new StringBuilder();
            return line;
        }
    }
}
