using System.Globalization;

namespace Mlops.Targets;

/// <summary>What the files of all servers say alike.</summary>
static class CiText
{
    public const string Origin = "Written by ./build.sh GenerateCi, from the attributes on the build class.";

    public static IEnumerable<string> Numbers(int last) => Enumerable.Range(1, last).Select(Number);

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
