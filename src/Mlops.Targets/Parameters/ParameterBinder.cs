namespace Mlops.Targets;

/// <summary>
/// Gives each parameter its value: command line, else environment, else file, else its initializer.
/// </summary>
static class ParameterBinder
{
    public static void Bind(
        HostContext context, IReadOnlyList<BuildParameter> parameters,
        CommandLine commandLine, List<string> mistakes)
    {
        var byName = parameters.GroupBy(parameter => Names.Normalize(parameter.Name));
        foreach (var group in byName.Where(group => group.Count() > 1))
            mistakes.Add($"{group.Count()} parameters are called {group.First().Option}.");
        var profiles =
            parameters.Where(parameter => parameter.IsOfHost && parameter.Kebab == "profile").ToList();
        BindFrom(context, profiles, commandLine, NoFile, mistakes);
        var file = ParametersFiles.Read(
            context, profiles.SelectMany(parameter => (string[])parameter.Value!), parameters, mistakes);
        BindFrom(context, parameters.Except(profiles), commandLine, file, mistakes);
    }

    static readonly Dictionary<BuildParameter, GivenValue> NoFile = [];

    static void BindFrom(
        HostContext context, IEnumerable<BuildParameter> parameters, CommandLine commandLine,
        IReadOnlyDictionary<BuildParameter, GivenValue> file, List<string> mistakes)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.DeclarationMistake is { } mistake)
                mistakes.Add(mistake);
            else if (Given(context, parameter, commandLine, file) is { } given)
                Assign(parameter, given, mistakes);
            else if (parameter.IsRequired && parameter.Value is null or "")
                mistakes.Add($"{parameter.Option} is required: {parameter.Kind!.Expected}.");
        }
    }

    static GivenValue? Given(
        HostContext context, BuildParameter parameter, CommandLine commandLine,
        IReadOnlyDictionary<BuildParameter, GivenValue> file)
    {
        if (commandLine.Given.TryGetValue(parameter, out var texts))
            return texts.Count == 0 && !parameter.MayBeBare
                ? null
                : new(texts, parameter.Option, context.WorkingDirectory);
        return FromEnvironment(context, parameter, parameter.EnvironmentVariable)
            ?? (parameter.IsOfHost ? null : FromEnvironment(context, parameter, parameter.Name))
            ?? file.GetValueOrDefault(parameter);
    }

    static GivenValue? FromEnvironment(HostContext context, BuildParameter parameter, string variable)
    {
        if (context.Environment(variable) is not { Length: > 0 } text)
            return null;
        string[] texts = parameter is { IsArray: true, Separator: null }
            ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            : [text];
        return new(texts, variable, context.WorkingDirectory);
    }

    static void Assign(BuildParameter parameter, GivenValue given, List<string> mistakes)
    {
        if (!parameter.IsArray && given.Texts.Count != 1)
        {
            mistakes.Add($"{given.Source}: {parameter.Kebab} takes one value, not {given.Texts.Count}.");
            return;
        }
        var texts = parameter is { IsArray: true, Separator: { } separator }
            ? given.Texts.SelectMany(text => text.Split(separator)).ToList()
            : given.Texts;
        var values = Array.CreateInstance(parameter.ItemType, texts.Count);
        var right = true;
        for (var i = 0; i < texts.Count; i++)
        {
            if (parameter.Kind!.Convert(texts[i], given.Base) is { } value)
                values.SetValue(value, i);
            else
                right = Refuse(parameter, given.Source, texts[i], mistakes);
        }
        if (right && parameter.IsArray)
            parameter.SetValues(values);
        else if (right)
            parameter.Value = values.GetValue(0);
    }

    static bool Refuse(BuildParameter parameter, string source, string text, List<string> mistakes)
    {
        var shown = parameter.IsSecret ? Masking.Stars : $"'{text}'";
        var suggestion = parameter.IsSecret ? "" : Names.Suggestion(text, parameter.Kind!.Choices);
        mistakes.Add($"{source}: expected {parameter.Kind!.Expected}, not {shown}.{suggestion}");
        return false;
    }
}
