namespace Mlops.Targets;

/// <summary>
/// The parameters file and those of profiles; of two that give one parameter the later one wins.
/// </summary>
static class ParametersFiles
{
    public static IReadOnlyDictionary<BuildParameter, GivenValue> Read(
        HostContext context, IEnumerable<string> profiles,
        IReadOnlyList<BuildParameter> parameters, List<string> mistakes)
    {
        var values = new Dictionary<BuildParameter, GivenValue>(ReadOne(context.ParametersFile));
        foreach (var profile in profiles)
        {
            var path = context.ProfileFile(profile);
            if (!File.Exists(path))
                mistakes.Add(
                    $"There is no profile {profile}: {context.Display(path)} does not "
                    + $"exist.{Suggestion(context, profile)}");
            else
                foreach (var (parameter, value) in ReadOne(path))
                    values[parameter] = value;
        }
        return values;

        IReadOnlyDictionary<BuildParameter, GivenValue> ReadOne(AbsolutePath path) =>
            ParametersFile.Read(path, context.Display(path), context.Root, parameters, mistakes);
    }

    static string Suggestion(HostContext context, string profile)
    {
        var folder = context.ParametersFile.Parent!;
        if (!Directory.Exists(folder))
            return "";
        var known = Directory.EnumerateFiles(folder, "parameters.*.json")
            .Select(file => Path.GetFileName(file)["parameters.".Length..^".json".Length]);
        return Names.Suggestion(profile, known);
    }
}
