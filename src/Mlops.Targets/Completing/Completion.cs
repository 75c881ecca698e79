namespace Mlops.Targets;

/// <summary>What may stand where a person is typing.</summary>
/// <param name="Text">The whole word.</param>
/// <param name="Description">For shells that show one; empty where there is none.</param>
sealed record Candidate(string Text, string Description);

/// <summary>Completes a command line: targets, options, and what a value may be.</summary>
/// <param name="valuesOf">What the build knows of a parameter's values; empty where it knows nothing.</param>
sealed class Completion(
    IReadOnlyList<ExecutableTarget> targets, IReadOnlyList<BuildParameter> parameters,
    Func<string, IReadOnlyList<string>> valuesOf)
{
    /// <summary>Parameters of every build that take names of targets.</summary>
    static readonly string[] TakeTargets = ["target", "skip", "only", "from"];

    /// <param name="words">What stands before the cursor, the word being typed last; it may be empty.</param>
    public IReadOnlyList<Candidate> Of(IReadOnlyList<string> words)
    {
        var typed = words.Count == 0 ? "" : words[^1];
        IReadOnlyList<string> before = words.Count == 0 ? [] : [.. words.SkipLast(1)];
        if (typed.StartsWith("--", StringComparison.Ordinal) && typed.IndexOf('=') is var split and > 0)
        {
            if (Find(typed[..split]) is not { } assigned)
                return [];
            var values = Values(assigned);
            return Fitting(
                values.Select(value => value with { Text = $"{typed[..split]}={value.Text}" }), typed);
        }
        if (typed.StartsWith('-'))
            return Fitting(Options(before), typed);
        return OpenOption(before) switch
        {
            { Parameter: var parameter, HasValue: false } => Fitting(Values(parameter), typed),
            { Parameter: { IsArray: true } parameter } =>
                Fitting(Values(parameter).Concat(Targets(before)), typed),
            _ => Fitting(Targets(before), typed),
        };
    }

    /// <summary>
    /// The option whose values are being typed, and whether it has one already; null where none is.
    /// </summary>
    (BuildParameter Parameter, bool HasValue)? OpenOption(IReadOnlyList<string> before)
    {
        for (var i = before.Count - 1; i >= 0; i--)
            if (before[i].StartsWith('-'))
                return !before[i].Contains('=') && Find(before[i]) is { IsSwitch: false } parameter
                    && (i == before.Count - 1 || parameter.IsArray)
                        ? (parameter, i < before.Count - 1) : null;
        return null;
    }

    IEnumerable<Candidate> Options(IReadOnlyList<string> before) => parameters
        .Where(parameter => parameter.IsListed
            && (parameter.IsArray || !before.Any(word => word.StartsWith('-') && Find(word) == parameter)))
        .Select(parameter => new Candidate(parameter.Option, parameter.Description ?? ""));

    IEnumerable<Candidate> Targets(IReadOnlyList<string> before) => targets
        .Where(target =>
            target.Listed && !before.Any(word => Names.Normalize(word) == Names.Normalize(target.Name)))
        .Select(target => new Candidate(target.Name, target.Description ?? ""));

    IEnumerable<Candidate> Values(BuildParameter parameter) =>
        parameter.IsOfHost && TakeTargets.Contains(parameter.Kebab) ? Targets([])
        : parameter.IsSecret ? []
        : valuesOf(parameter.Name).Concat(parameter.Kind?.Choices ?? [])
            .Select(value => new Candidate(value, ""));

    BuildParameter? Find(string option)
    {
        var name = Names.Normalize(option.Split('=')[0].TrimStart('-'));
        return parameters.FirstOrDefault(parameter => Names.Normalize(parameter.Name) == name);
    }

    static IReadOnlyList<Candidate> Fitting(IEnumerable<Candidate> candidates, string typed) =>
    [
        .. candidates.Where(candidate => candidate.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(candidate => candidate.Text)
            .OrderBy(candidate => candidate.Text, StringComparer.Ordinal),
    ];
}
