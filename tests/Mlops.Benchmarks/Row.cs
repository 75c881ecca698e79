using System.Text.RegularExpressions;

namespace Mlops.Benchmarks;

/// <summary>A tool that does what a row is about.</summary>
/// <param name="Expected">Must match what it prints: that it did just the work that was to be done.</param>
/// <param name="Before">Brings about what is to be measured; is given the number of the repetition.</param>
/// <param name="After">What else must hold; says what does not.</param>
/// <param name="Most">How often it is repeated at most: some take very long.</param>
sealed record Contender(
    string Name,
    IReadOnlyList<string> Command,
    string Directory,
    string Expected = "",
    Action<int>? Before = null,
    Func<string?>? After = null,
    int Most = int.MaxValue);

/// <summary>One thing measured for several tools, in turns, so that a disturbance hits them all.</summary>
/// <param name="Absent">Peers that are not on this machine.</param>
sealed record Row(
    string Name, string What, IReadOnlyList<Contender> Contenders,
    int Repetitions = 5, IReadOnlyList<string>? Absent = null)
{
    /// <summary>What else was found, when all is measured.</summary>
    public Func<string>? Tells { get; init; }

    public Measured Measure()
    {
        Console.Error.WriteLine($"  {Name}: {What}");
        var samples = Contenders.Select(_ => new List<Sample>()).ToList();
        var errors = new SortedSet<string>(StringComparer.Ordinal);
        for (var repetition = 0; repetition < Repetitions; repetition++)
            foreach (var (index, contender) in Contenders.Index().Where(each => repetition < each.Item.Most))
            {
                contender.Before?.Invoke(repetition);
                var sample = ChildProcess.Run(contender.Command, contender.Directory);
                samples[index].Add(sample);
                if (sample.ExitCode != 0
                    || !Regex.IsMatch(sample.Output, contender.Expected, RegexOptions.NonBacktracking))
                    errors.Add(
                        $"{contender.Name} ended with {sample.ExitCode}, expected '{contender.Expected}': "
                        + $"{Tail(sample.Output)}");
                else if (contender.After?.Invoke() is { } wrong)
                    errors.Add($"{contender.Name}: {wrong}");
            }
        return new Measured(this, samples, [.. errors]);
    }

    static string Tail(string output) => output.Length <= 300 ? output : "…" + output[^300..];
}

/// <param name="Samples">Of each contender.</param>
/// <param name="Errors">What did not run as it should have: then the figures mean nothing.</param>
sealed record Measured(Row Row, IReadOnlyList<IReadOnlyList<Sample>> Samples, IReadOnlyList<string> Errors);
