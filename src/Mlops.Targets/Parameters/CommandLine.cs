namespace Mlops.Targets;

/// <summary>
/// The command line, taken apart by what is declared: a switch takes a following <c>true</c> or <c>false</c>
/// only, a single value one token, an array all tokens up to the next option. Every other token is a target.
/// </summary>
sealed class CommandLine
{
    readonly IReadOnlyList<BuildParameter> parameters;
    readonly Predicate<string> isTarget;
    readonly List<string> mistakes;
    readonly Dictionary<BuildParameter, List<string>> given = [];
    readonly List<string> targets = [];

    CommandLine(IReadOnlyList<BuildParameter> parameters, Predicate<string> isTarget, List<string> mistakes)
    {
        this.parameters = parameters;
        this.isTarget = isTarget;
        this.mistakes = mistakes;
    }

    public IReadOnlyDictionary<BuildParameter, List<string>> Given => given;

    public IReadOnlyList<string> Targets => targets;

    /// <param name="isTarget">Tells targets from the values of an unknown option,
    /// which are passed over.</param>
    /// <param name="mistakes">Receives what is wrong.</param>
    public static CommandLine Read(
        IReadOnlyList<string> arguments, IReadOnlyList<BuildParameter> parameters, Predicate<string> isTarget,
        List<string> mistakes)
    {
        var commandLine = new CommandLine(parameters, isTarget, mistakes);
        var open = new Queue<string>(arguments);
        while (open.TryDequeue(out var token))
        {
            if (IsOption(token))
                commandLine.ReadOption(token, open);
            else
                commandLine.targets.AddRange(token.Split('+', StringSplitOptions.RemoveEmptyEntries));
        }
        return commandLine;
    }

    /// <summary>Dashes before anything but a number.</summary>
    static bool IsOption(string token) =>
        token.Length > 1 && token[0] == '-' && !char.IsAsciiDigit(token[1]) && token[1] != '.';

    static bool IsValue(string token) => !IsOption(token);

    void ReadOption(string token, Queue<string> open)
    {
        var equals = token.IndexOf('=', StringComparison.Ordinal);
        var option = equals < 0 ? token : token[..equals];
        if (Find(option) is not { } parameter)
            RefuseUnknown(option, open);
        else if (equals >= 0)
            Add(parameter, [token[(equals + 1)..]]);
        else if (parameter.IsSwitch)
            Add(parameter, [NextIf(open, next => bool.TryParse(next, out _)) ?? "true"]);
        else
            Add(parameter, NextValues(parameter, open));
    }

    List<string> NextValues(BuildParameter parameter, Queue<string> open)
    {
        var values = new List<string>();
        while ((parameter.IsArray || values.Count == 0) && NextIf(open, IsValue) is { } value)
            values.Add(value);
        if (values.Count == 0 && !parameter.MayBeBare)
            mistakes.Add($"{parameter.Option} needs a value: {parameter.Kind?.Expected}.");
        return values;
    }

    void Add(BuildParameter parameter, List<string> values)
    {
        if (parameter.IsArray && given.TryGetValue(parameter, out var earlier))
            earlier.AddRange(values);
        else
            given[parameter] = values;
    }

    BuildParameter? Find(string option)
    {
        var name = Names.Normalize(option is "-h" or "-?" ? nameof(TargetBuild.Help) : option);
        return parameters.FirstOrDefault(parameter => Names.Normalize(parameter.Name) == name);
    }

    void RefuseUnknown(string option, Queue<string> open)
    {
        var known = parameters.Where(parameter => parameter.IsListed).Select(parameter => parameter.Option);
        mistakes.Add($"Unknown parameter {option}.{Names.Suggestion(option, known)}");
        while (NextIf(open, token => IsValue(token) && !isTarget(token)) is not null)
        {
        }
    }

    static string? NextIf(Queue<string> open, Predicate<string> wanted) =>
        open.TryPeek(out var next) && wanted(next) ? open.Dequeue() : null;
}
