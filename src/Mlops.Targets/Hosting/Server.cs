namespace Mlops.Targets;

/// <summary>Tells a continuous integration server from a person's machine by what such servers set.</summary>
static class Server
{
    static readonly string[] Variables =
    [
        "CI", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI", "TEAMCITY_VERSION", "JENKINS_URL", "JENKINS_HOME",
        "APPVEYOR", "TRAVIS", "bamboo_planKey", "BITBUCKET_PIPELINE_UUID", "BITRISE_BUILD_URL",
    ];

    public static bool IsThere(Func<string, string?> environment) =>
        Array.Exists(Variables,
            name => environment(name) is { Length: > 0 } value && value is not ("false" or "0"));
}
