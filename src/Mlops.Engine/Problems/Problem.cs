using System.Text;

namespace Mlops.Engine;

/// <summary>One thing that is wrong, said so that a person can act on it.</summary>
/// <param name="Id">Stable and searchable: <c>DATA-007</c>, <c>YAML-002</c>, <c>ENGINE-003</c>.</param>
/// <param name="What">What happened, in one sentence.</param>
/// <param name="Where">Where, if it has a place.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Actual">What was found.</param>
/// <param name="Next">What to do.</param>
public sealed record Problem(
    string Id, string What, Place? Where = null,
    string? Expected = null, string? Actual = null, string? Next = null)
{
    /// <summary>The headline, then one indented line for each further fact.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Where is not null)
            text.Append(Where).Append(": ");
        text.Append(Id).Append(": ").Append(What);
        Fact("expected", Expected);
        Fact("actual", Actual);
        Fact("next", Next);
        return text.ToString();

        void Fact(string name, string? value)
        {
            if (value is not null)
                text.Append("\n  ").Append(name.PadRight(8)).Append(' ').Append(value);
        }
    }
}

/// <summary>A place in a file. Line and column count from 1.</summary>
/// <param name="Field">A column of data or a key of a document, where that says more than a number.</param>
public sealed record Place(string File, int? Line = null, int? Column = null, string? Field = null)
{
    /// <summary>
    /// As compilers print it, so that editors and CI hosts can follow: <c>file(line,column)</c>.
    /// </summary>
    public override string ToString()
    {
        var position = (Line, Column) switch
        {
            (null, _) => "",
            (_, null) => $"({Line})",
            _ => $"({Line},{Column})",
        };
        return File + position + (Field is null ? "" : $" [{Field}]");
    }
}

/// <summary>All the problems of one phase, thrown once.</summary>
/// <param name="damaged">The store itself is damaged: the run ends with exit code 3.</param>
public sealed class ProblemException(
    IReadOnlyList<Problem> problems, bool damaged = false, Exception? inner = null)
    : Exception(string.Join('\n', problems), inner)
{
    public ProblemException(Problem problem) : this([problem])
    {
    }

    public IReadOnlyList<Problem> Problems { get; } = problems;

    public bool Damaged { get; } = damaged;
}
