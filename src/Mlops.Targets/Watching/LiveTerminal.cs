using System.Text;

namespace Mlops.Targets;

/// <summary>
/// A terminal whose last lines tell what is running. Whole lines written to it appear above them. Nothing is
/// hidden or left behind: what is killed leaves at most the lines themselves.
/// </summary>
/// <param name="columns">How wide the terminal is now.</param>
/// <param name="paint">Makes a line look like one that will not stay.</param>
sealed class LiveTerminal(TextWriter inner, Func<int> columns, TimeProvider time, Func<string, string> paint)
    : TextWriter(inner.FormatProvider)
{
    const int MostSteps = 8;
    const int NarrowestColumns = 10;

    /// <summary>What is over sooner is not worth a line.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.3);

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);

    readonly Lock drawing = new();
    readonly StringBuilder line = new();
    readonly List<RunningStep> steps = [];
    ITimer? timer;
    string? opening;
    int drawn;
    bool ended;

    public override Encoding Encoding => inner.Encoding;

    /// <summary>Shows at once that something is happening, until there is more to tell.</summary>
    public void Open(string text)
    {
        lock (drawing)
        {
            opening = text;
            Redraw("");
        }
    }

    public void Tell(RunEvent told)
    {
        lock (drawing)
        {
            switch (told)
            {
                case RunEvent.Planned:
                    opening = null;
                    break;
                case RunEvent.OfStep { News: StepEvent.Started started }:
                    steps.Add(new RunningStep(started, time.GetTimestamp()));
                    timer ??= time.CreateTimer(_ => Tick(), null, Pause, Pause);
                    break;
                case RunEvent.OfStep { News: StepEvent.Progressed progressed }:
                    foreach (var step in steps.Where(step => step.Name == progressed.Step))
                        step.Progress = progressed.Text;
                    break;
                case RunEvent.OfStep { News: StepEvent.Settled settled }:
                    steps.RemoveAll(step => step.Name == settled.Step);
                    break;
            }
        }
    }

    /// <summary>Takes the running lines away for good.</summary>
    public void End()
    {
        lock (drawing)
        {
            timer?.Dispose();
            steps.Clear();
            opening = null;
            if (!ended)
                Redraw("");
            ended = true;
        }
    }

    /// <summary>Lets another writer to the same terminal write.</summary>
    public void Around(Action write)
    {
        lock (drawing)
        {
            Erase();
            inner.Flush();
            write();
            Redraw("");
        }
    }

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> text)
    {
        lock (drawing)
        {
            var end = text.LastIndexOf('\n');
            line.Append(text[..(end + 1)]);
            if (end >= 0)
            {
                Redraw(line.ToString());
                line.Clear();
            }
            line.Append(text[(end + 1)..]);
        }
    }

    public override void Flush()
    {
        lock (drawing)
            inner.Flush();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            End();
        base.Dispose(disposing);
    }

    void Tick()
    {
        lock (drawing)
            if (!ended)
                Redraw("");
    }

    void Erase() => inner.Write(Erasure());

    string Erasure()
    {
        var erasure = drawn > 0 ? $"\e[{drawn}A\e[J" : "";
        drawn = 0;
        return erasure;
    }

    /// <remarks>One write, so that nothing flickers.</remarks>
    void Redraw(string above)
    {
        var text = new StringBuilder(Erasure()).Append(above);
        foreach (var each in ended ? [] : Lines())
        {
            text.Append(paint(each)).Append('\n');
            drawn++;
        }
        if (text.Length == 0)
            return;
        inner.Write(text.ToString());
        inner.Flush();
    }

    List<string> Lines()
    {
        var width = Math.Max(NarrowestColumns, columns()) - 1;
        if (opening is not null)
            return [TextWidth.Cut(opening, width)];
        var shown = steps.Where(step => time.GetElapsedTime(step.Began) >= Patience).ToList();
        var lines = shown.Take(MostSteps).Select(step => TextWidth.Cut(step.Line(time), width)).ToList();
        if (shown.Count > MostSteps)
            lines.Add(TextWidth.Cut($"  and {shown.Count - MostSteps} more", width));
        return lines;
    }

    sealed class RunningStep(StepEvent.Started started, long began)
    {
        public string Name => started.Step;

        public long Began => began;

        public string? Progress { get; set; }

        /// <summary>The most wanted first: a narrow terminal cuts the rest.</summary>
        public string Line(TimeProvider time)
        {
            var elapsed = time.GetElapsedTime(began);
            var estimate = started.Expected is { } expected && expected > elapsed
                ? $" of about {Summary.Rough(expected)}"
                : "";
            return VisibleText.OnOneLine(
                $"  {Summary.Rough(elapsed)}{estimate}  {Name}{(Progress is null ? "" : $"  {Progress}")}");
        }
    }
}

/// <summary>Standard error on the same terminal.</summary>
sealed class BesideLiveTerminal(LiveTerminal live, TextWriter inner) : TextWriter(inner.FormatProvider)
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => live.Around(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) =>
        live.Around(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => live.Around(() => inner.Write(value));

    public override void WriteLine(string? value) => live.Around(() => inner.WriteLine(value));

    public override void Flush() => inner.Flush();
}
