namespace Mlops.Targets;

/// <summary>Changes a value and returns it.</summary>
public delegate T Configure<T>(T value);

public static class DictionaryExtensions
{
    /// <summary>Adds a note to a summary: <c>ReportSummary(_ => _.AddPair("Accuracy", "0.93"))</c>.</summary>
    public static Dictionary<string, string> AddPair(
        this Dictionary<string, string> dictionary, string key, object? value)
    {
        dictionary[key] = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
        return dictionary;
    }
}
